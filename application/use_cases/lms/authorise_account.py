"""Let a person's consent count for an account of the LMS, and choose that account."""

from dataclasses import dataclass, replace

from application.account_agents import RIGHT_LOST, AccountAgents, require_outcomes
from application.errors import Invalid, LmsError, LmsForbidden, LmsUnavailable
from application.ports.lms import LmsGateway
from application.ports.lms_outcomes import LmsUnit, OutcomeRights
from application.ports.runtime import Clock, Transact
from application.ports.secrets import site_row
from application.ports.unit_of_work import UnitOfWorkFactory
from application.use_cases.lms.resume_waiting import resume_waiting
from application.use_cases.lms.revoke_authorisation import account_row
from domain.audit import Deed
from domain.ids import LmsAccountRef, PersonId, SiteId
from domain.lms_site import AccountAuthorisation, LmsSite
from domain.outcomes.found import OutcomePlace, PlaceKind


@dataclass(frozen=True, slots=True)
class AuthoriseAccount:
    """Store an account authorisation, once the LMS says that the person has the rights."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    agents: AccountAgents

    async def __call__(self, site_id: SiteId, person_id: PersonId) -> None:
        """For the site's chosen account; what waited goes on.

        Raises:
            Invalid: no account is chosen for the site.
            LmsForbidden: reason `no-right`; an earlier account authorisation of the person is
                severed by that, the person's own authorisation stands.
            LmsUnauthorised: the person has no authorisation that holds.
        """
        site = await self.transact(lambda: self._site(site_id))
        if not site.account_ref:
            raise Invalid("account_ref", "choose the Canvas account for outcomes first.")
        account = LmsAccountRef(site.account_ref)
        gateway = await self.agents.gateways.acting_for(person_id, site_id)
        rights = await _rights(gateway, account)
        if not rights.hold:
            await self.agents.severed(site_id, person_id, RIGHT_LOST)
            raise LmsForbidden(_lacking(rights, await _named(gateway, account)), reason="no-right")
        await self.transact(lambda: self._store(site_id, person_id, account))

    def _site(self, site_id: SiteId) -> LmsSite:
        with self.units(write=False) as unit:
            return unit.sites.get(site_id)

    def _store(self, site_id: SiteId, person_id: PersonId, account: LmsAccountRef) -> None:
        now = self.clock.now()
        with self.units() as unit:
            held = [one for one in unit.pairings.accounts(site_id) if one.person_id == person_id]
            version = held[0].version if held else 0
            unit.pairings.save_account(
                AccountAuthorisation(site_id, person_id, account, now, now, "", version)
            )
            subject = account_row(site_id, person_id)
            unit.audit.record(Deed(person_id, "authorised", subject, f"account {account}", now))
            resume_waiting(unit, site_id, person_id)
            unit.commit()


@dataclass(frozen=True, slots=True)
class ChooseAccount:
    """Set the account of a site where outcomes go and rights are asked for."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, actor: str, site_name: str, account_ref: str) -> None:
        """Raises: Invalid for an unknown site or no account."""
        with self.units() as unit:
            site = unit.sites.named(site_name)
            if site is None or not account_ref.strip():
                raise Invalid("account_ref", "choose one of the accounts.")
            chosen = replace(site, account_ref=account_ref.strip())
            unit.sites.save(chosen)
            deed = Deed(
                actor, "chose the account of", site_row(site.id), chosen.account_ref,
                self.clock.now(),
            )  # fmt: skip
            unit.audit.record(deed)
            unit.commit()


async def _rights(gateway: LmsGateway, account: LmsAccountRef) -> OutcomeRights:
    """Canvas refuses to tell somebody who has nothing to do with the account."""
    require_outcomes(gateway)
    try:
        return await gateway.outcome_rights(OutcomePlace(PlaceKind.ACCOUNT, account))
    except LmsForbidden as refused:
        if refused.reason == "no-scope":
            raise
        return OutcomeRights(may_manage=False, may_import=False)


async def _named(gateway: LmsGateway, account: LmsAccountRef) -> str:
    try:
        unit: LmsUnit = await gateway.unit(account)
    except LmsUnavailable:
        raise
    except LmsError:  # who may do nothing there is not told its name either
        return f"account {account}"
    return f"account {account} ({unit.name})"


def _lacking(rights: OutcomeRights, account: str) -> str:
    missing = [
        name
        for name, held in (
            ("manage learning outcomes (manage_outcomes)", rights.may_manage),
            ("import learning outcomes (import_outcomes)", rights.may_import),
        )
        if not held
    ]
    return (
        f"Canvas says that you may not {' nor '.join(missing)} in {account}. Ask a Canvas "
        "administrator for this permission in that account, or choose an account where you have "
        "it, then press Authorize again. Your own authorization stands."
    )
