"""A site whose outcome account is administered by people here, over the adapters in memory."""

from dataclasses import dataclass, replace

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.lms_outcome_state import ROOT, OutcomeState
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.account_agents import AccountAgents
from application.gateways import Gateways
from application.ports.secrets import authorisation_row
from application.tokens import TokenVault
from application.use_cases.lms.read_accounts import ReadAccounts
from domain.ids import LmsUserRef, PersonId
from domain.lms_site import AccountAuthorisation
from domain.outcomes.found import OutcomePlace, PlaceKind
from tests import builders
from tests.application.sending import Classroom, at_once
from tests.exchange_builders import an_account_authorisation
from tests.stand_ins import FixedClock

SITE = builders.a_site().id
ACCOUNT = OutcomePlace(PlaceKind.ACCOUNT, ROOT)


@dataclass
class AccountDesk:
    """Tess' classroom; the site's account is the root account of the LMS."""

    units: MemoryUnits
    jobs: MemoryJobs
    clock: FixedClock

    def __post_init__(self) -> None:
        self.room = Classroom(self.units, self.jobs, self.clock)
        self.lms = self.room.lms
        self.choose(ROOT)
        vault = TokenVault(self.units, at_once, self.clock, self.room.keyring, self.room.nap)
        self.gateways = Gateways(vault, {"canvas": self.lms})
        self.agents = AccountAgents(self.units, at_once, self.clock, self.gateways)
        self.read_accounts = ReadAccounts(self.agents)

    @property
    def canvas(self) -> OutcomeState:
        return self.lms.state.outcomes

    def choose(self, account: str) -> None:
        with self.units() as unit:
            unit.sites.save(replace(unit.sites.get(SITE), account_ref=account))
            unit.commit()

    def consented(self, name: str) -> LmsUserRef:
        """A person with an own authorisation that stands, and nothing more."""
        user = self.lms.state.given_account(sis_id=f"C{name}", login=name).ref
        grant, held = self.lms.given_grant(user), builders.an_authorisation(name)
        row = authorisation_row(held.id)
        with self.units() as unit:
            unit.roster.put_people([builders.a_person(name)])
            unit.sites.save_authorisation(
                replace(
                    held,
                    person_id=PersonId(f"person-{name}"),
                    user_ref=user,
                    access_token=self.room.keyring.seal(grant.access_token, row),
                    refresh_token=self.room.keyring.seal(grant.refresh_token or "", row),
                    expires_at=None,
                )
            )
            unit.commit()
        return user

    def admin(self, name: str) -> LmsUserRef:
        """An administrator of the root account who authorised for it, after those before."""
        user = self.consented(name)
        self.canvas.given_admin(ROOT, user)
        at = self.clock.advance(minutes=1)
        given = an_account_authorisation(name, account_ref=ROOT, given_at=at, checked_at=at)
        with self.units() as unit:
            unit.pairings.save_account(given)
            unit.commit()
        return user

    def accounts(self) -> dict[str, AccountAuthorisation]:
        """Those who authorised for the account, by the key of the person."""
        with self.units(write=False) as unit:
            found = unit.pairings.accounts(SITE)
        return {one.person_id.removeprefix("person-"): one for one in found}

    def reasons(self) -> dict[str, str]:
        return {name: one.lost_reason for name, one in self.accounts().items()}

    def deeds(self) -> list[tuple[str, str]]:
        with self.units(write=False) as unit:
            return [(entry.actor, entry.verb) for entry in unit.audit.entries()]
