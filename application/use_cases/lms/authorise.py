"""Ask a person's consent to act for them in the LMS, and sign in with the LMS (OAuth2)."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from application.errors import ApplicationError, Conflict, LmsUnauthorised, NotFound
from application.lms_user import person_behind, refuse_stranger
from application.matching import rules_of
from application.ports.lms_plugin import Grant, LmsPlugins
from application.ports.runtime import Clock, NewId, NewSecret, Transact
from application.ports.secrets import Sealer, authorisation_row
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.tokens import access_to
from application.use_cases.access.session_starts import Started
from application.use_cases.access.sign_in import SignInPerson, SignInPersonCommand
from application.use_cases.lms.authorise_account import AuthoriseAccount
from application.use_cases.lms.resume_waiting import resume_waiting
from domain.audit import Deed
from domain.ids import AuthorisationId, PersonId, SiteId
from domain.lms_site import Authorisation, AuthorisationState, ConsentRequest, LmsSite
from domain.rostering import Person

_PATIENCE = timedelta(minutes=10)
_SIGN_IN, _AUTHORISE, _ACCOUNT = "sign-in", "authorise", "account"


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class BeginConsent:
    """Make the address at the LMS where the person is asked, with a single-use state.

    `binding` is a secret of this browser (its session, or a short-lived cookie), by which
    `FinishConsent` tells that the browser that began is the one that finishes.
    """

    units: UnitOfWorkFactory
    clock: Clock
    sealer: Sealer
    new_secret: NewSecret
    lms: LmsPlugins
    redirect_uri: str

    def __call__(
        self,
        site_id: SiteId,
        *,
        person_id: PersonId | None,
        binding: str,
        return_to: str,
        for_account: bool = False,
    ) -> str:
        """`person_id` None begins a sign-in; `for_account` also asks for rights on outcomes.

        Raises: NotFound when the site is not there or switched off.
        """
        own = _ACCOUNT if for_account else _AUTHORISE
        state = self.new_secret()
        with self.units() as unit:
            site = unit.sites.get(site_id)
            if not site.active:
                raise NotFound("This Canvas site")
            unit.sites.add_consent(
                ConsentRequest(
                    state_hash=hashed(state),
                    session_hash=hashed(binding),
                    site_id=site_id,
                    person_id=person_id,
                    purpose=_SIGN_IN if person_id is None else own,
                    return_to=return_to,
                    expires_at=self.clock.now() + _PATIENCE,
                )
            )
            unit.commit()
        return self.lms[site.plugin].consent_url(
            access_to(site, self.sealer), redirect_uri=self.redirect_uri, state=state
        )


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """What the LMS sent back. `bindings` are the secrets that this browser shows."""

    state: str
    code: str
    error: str
    bindings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """`started` signs the person in; None when consent was given inside a session."""

    return_to: str
    started: Started | None


@dataclass(frozen=True, slots=True)
class FinishConsent:
    """Turn the answer of the LMS into a stored authorisation or a sign-in."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    sealer: Sealer
    new_id: NewId
    sign_in_person: SignInPerson
    lms: LmsPlugins
    redirect_uri: str
    authorise_account: AuthoriseAccount

    async def __call__(self, answer: ConsentAnswer) -> ConsentGiven:
        """Finish what `BeginConsent` began.

        Raises:
            Conflict: the state is unknown, used, too old, or of another browser.
            LmsUnauthorised: refused there, or given by another person than asked.
            LaunchRejected: a sign-in whose account names nobody here, or several.
            LmsForbidden: reason `no-right`, for an account; the person's own consent stands.
        """
        request, site, bound = await self.transact(lambda: self._taken(answer))
        if answer.error or not answer.code:
            raise LmsUnauthorised("Canvas was not given your consent. Nothing was changed.")
        grant = await self.lms[site.plugin].redeem(
            access_to(site, self.sealer), code=answer.code, redirect_uri=self.redirect_uri
        )
        if request.person_id is None:
            return await self.transact(lambda: self._sign_in(grant, request))
        person_id, account = request.person_id, request.purpose == _ACCOUNT and site.account_ref
        await self.transact(
            lambda: self._store(site, grant, request, bound=bound, resume=not account)
        )
        if account:
            await self._for_account(site.id, person_id)
        return ConsentGiven(request.return_to, None)

    async def _for_account(self, site_id: SiteId, person_id: PersonId) -> None:
        """Work that waits goes on only now: begun before, it would find nobody for the account."""
        try:
            await self.authorise_account(site_id, person_id)
        except ApplicationError:
            await self.transact(lambda: self._resume(site_id, person_id))
            raise

    def _resume(self, site_id: SiteId, person_id: PersonId) -> None:
        with self.units() as unit:
            resume_waiting(unit, site_id, person_id)
            unit.commit()

    def _taken(self, answer: ConsentAnswer) -> tuple[ConsentRequest, LmsSite, bool]:
        with self.units() as unit:
            request = unit.sites.take_consent(hashed(answer.state))
            site = unit.sites.get(request.site_id) if request else None
            unit.commit()
            fresh = request is not None and self.clock.now() < request.expires_at
            shown = {hashed(binding) for binding in answer.bindings if binding}
            bound = request is not None and request.session_hash in shown
            if request is None or site is None or not fresh or not (bound or request.person_id):
                raise Conflict(
                    "This authorization page was used before, is too old, or was opened in "
                    "another browser. Press Authorize once more."
                )
            return request, site, bound

    def _store(
        self,
        site: LmsSite,
        grant: Grant,
        request: ConsentRequest,
        *,
        bound: bool,
        resume: bool,
    ) -> None:
        now = self.clock.now()
        with self.units() as unit:
            person = unit.roster.person(request.person_id or PersonId(""))
            refuse_stranger(person, grant.account, bound=bound)
            unit.sites.save_authorisation(self._authorisation(unit, site, person, grant))
            unit.audit.record(Deed(person.id, "authorised", f"lms-site:{site.id}", "", now))
            if resume:
                resume_waiting(unit, site.id, person.id)
            unit.commit()

    def _authorisation(
        self, unit: UnitOfWork, site: LmsSite, person: Person, grant: Grant
    ) -> Authorisation:
        held = unit.sites.authorisation(site.id, person.id)
        row_id = held.id if held else AuthorisationId(self.new_id())
        name = authorisation_row(row_id)
        return Authorisation(
            id=row_id,
            site_id=site.id,
            person_id=person.id,
            user_ref=grant.account.ref,
            access_token=self.sealer.seal(grant.access_token, name),
            refresh_token=self.sealer.seal(grant.refresh_token or "", name),
            expires_at=grant.expires_at,
            state=AuthorisationState.ACTIVE,
            lost_reason="",
            authorised_at=self.clock.now(),
            lease_until=None,
            version=held.version if held else 0,
        )

    def _sign_in(self, grant: Grant, request: ConsentRequest) -> ConsentGiven:
        with self.units(write=False) as unit:
            rule = rules_of(unit.settings).user.local_field
            person = person_behind(unit, grant.account, rule)
        started = self.sign_in_person(SignInPersonCommand(person.id, "Canvas", request.return_to))
        return ConsentGiven(request.return_to, started)
