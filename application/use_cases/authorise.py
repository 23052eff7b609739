"""Ask a person's consent to act for them in the LMS, and sign in with the LMS (OAuth2)."""

from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256

from application.errors import Conflict, LaunchRejected, LmsUnauthorised, NotFound
from application.ports.lms import LmsAccount
from application.ports.lms_plugin import Grant, LmsPlugins
from application.ports.runtime import Clock, NewId, NewSecret, Transact
from application.ports.secrets import Sealer, authorisation_row
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.tokens import access_to
from application.use_cases.matching_rules import rules_of
from application.use_cases.send_scores import enqueue_send
from application.use_cases.session_starts import Started
from application.use_cases.sign_in import SignInPerson, SignInPersonCommand
from domain.audit import Deed
from domain.identity import LocalField, comparable
from domain.ids import AuthorisationId, PersonId, SiteId
from domain.lms_site import Authorisation, AuthorisationState, ConsentRequest, LmsSite
from domain.rostering import Person

_PATIENCE = timedelta(minutes=10)
_SIGN_IN, _AUTHORISE = "sign-in", "authorise"


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
        self, site_id: SiteId, *, person_id: PersonId | None, binding: str, return_to: str
    ) -> str:
        """Raises: NotFound when the site is not there or switched off."""
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
                    purpose=_SIGN_IN if person_id is None else _AUTHORISE,
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

    async def __call__(self, answer: ConsentAnswer) -> ConsentGiven:
        """Finish what `BeginConsent` began.

        Raises:
            Conflict: the state is unknown, used, too old, or of another browser.
            LmsUnauthorised: refused there, or given by another person than asked.
            LaunchRejected: a sign-in whose account names nobody here, or several.
        """
        request, site, bound = await self.transact(lambda: self._taken(answer))
        if answer.error or not answer.code:
            raise LmsUnauthorised("Canvas was not given your consent. Nothing was changed.")
        grant = await self.lms[site.plugin].redeem(
            access_to(site, self.sealer), code=answer.code, redirect_uri=self.redirect_uri
        )
        if request.person_id is None:
            return await self.transact(lambda: self._sign_in(grant, request))
        await self.transact(lambda: self._store(site, grant, request, bound=bound))
        return ConsentGiven(request.return_to, None)

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

    def _store(self, site: LmsSite, grant: Grant, request: ConsentRequest, *, bound: bool) -> None:
        now = self.clock.now()
        with self.units() as unit:
            person = unit.roster.person(request.person_id or PersonId(""))
            _refuse_stranger(person, grant.account, bound=bound)
            unit.sites.save_authorisation(self._authorisation(unit, site, person, grant))
            unit.audit.record(Deed(person.id, "authorised", f"lms-site:{site.id}", "", now))
            resume_waiting(unit, person.id, site.id)
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
            person = _person_behind(unit, grant.account)
        started = self.sign_in_person(SignInPersonCommand(person.id, "Canvas", request.return_to))
        return ConsentGiven(request.return_to, started)


def resume_waiting(unit: UnitOfWork, person_id: PersonId, site_id: SiteId) -> None:
    """Queue again the sends that waited for this person's authorisation at the site."""
    for send in unit.deliveries.open_sends():
        link = unit.links.get(send.link_id)
        if send.requested_by == person_id and link.site_id == site_id and send.waits:
            job = enqueue_send(unit, send.id, link, attempt=str(send.version))
            unit.deliveries.save_send(send.queued(job))


def _refuse_stranger(person: Person, account: LmsAccount, *, bound: bool) -> None:
    """Consent given by somebody else would let this person act as that one.

    Where the browser that began cannot be told (all cookies blocked), the account must
    name the person; otherwise it is enough that it does not name somebody else.
    """
    seen = _comparable_fields(account)
    ours = {
        LocalField.TECH_ID: person.tech_id,
        LocalField.LOGIN: person.login,
        LocalField.EMAIL: person.email,
    }
    named = {field for field, value in seen.items() if value and ours[field]}
    same = any(comparable(field, ours[field]) == seen[field] for field in named)
    if not same and (named or not bound):
        raise LmsUnauthorised(
            "Canvas says that somebody else is signed in there. Sign in to Canvas as yourself, "
            "then press Authorize again."
        )


def _person_behind(unit: UnitOfWork, account: LmsAccount) -> Person:
    """The one active person that the account names, by the field of the User rule.

    Canvas shows a SIS ID only to some roles, teachers mostly not; then the login counts,
    which is unique there and which Canvas itself has just checked.
    """
    named = _comparable_fields(account)
    field = rules_of(unit.settings).user.local_field
    field = field if named[field] else LocalField.LOGIN
    found = unit.roster.people_where(field, named[field]) if named[field] else []
    active = [person for person in found if person.active]
    if len(active) != 1:
        raise LaunchRejected(
            "person-ambiguous" if active else "person-unmatched",
            "Canvas knows you, but your account there fits nobody here for certain. Your help "
            "desk can match you.",
        )
    return active[0]


def _comparable_fields(account: LmsAccount) -> dict[LocalField, str]:
    fields = {
        LocalField.TECH_ID: account.sis_id,
        LocalField.LOGIN: account.login,
        LocalField.EMAIL: account.email,
    }
    return {field: comparable(field, value) if value else "" for field, value in fields.items()}


@dataclass(frozen=True, slots=True)
class RevokeAuthorisation:
    """Forget a person's tokens here and give them back to the LMS."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    sealer: Sealer
    lms: LmsPlugins

    async def __call__(self, site_id: SiteId, person_id: PersonId) -> None:
        held, site = await self.transact(lambda: self._revoked(site_id, person_id))
        token = self.sealer.open(held.access_token, authorisation_row(held.id))
        await self.lms[site.plugin].revoke(access_to(site, self.sealer), access_token=token)

    def _revoked(self, site_id: SiteId, person_id: PersonId) -> tuple[Authorisation, LmsSite]:
        with self.units() as unit:
            held = unit.sites.authorisation(site_id, person_id)
            if held is None or held.state is not AuthorisationState.ACTIVE:
                raise NotFound("An authorisation of yours")
            unit.sites.save_authorisation(replace(held, state=AuthorisationState.REVOKED))
            now = self.clock.now()
            unit.audit.record(Deed(person_id, "revoked", f"lms-site:{site_id}", "", now))
            site = unit.sites.get(site_id)
            unit.commit()
        return held, site
