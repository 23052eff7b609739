"""Every operation that docs/faults.md names; consent is the one of them that is begun here."""

from collections import Counter
from collections.abc import Iterable

from domain.lms_site import AuthorisationState
from tests.contract.fault_house import TESS
from tests.contract.fault_operation import COMPLETE, SITE_ID, Operation, Standing
from tests.contract.fault_reading import ImportBySchedule, ImportScores, PutRubric
from tests.contract.fault_revising import ChangeOutcomes, TakeBackOutcomes
from tests.contract.fault_sending import (
    SendAfterAnHour,
    SendFewOutcomes,
    SendGrades,
    SendOneGrade,
    SendOutcomes,
    SendOutcomesOfWork,
)


class Authorise(Operation):
    async def begin(self) -> None:
        with self.house.units() as unit:
            held = unit.sites.authorisation(SITE_ID, TESS)
            assert held is not None
            self.before = held.authorised_at
        self.house.clock.advance(minutes=1)

    async def carry_out(self) -> None:
        await self.house.consent(for_account=self.for_account)

    def standing(self) -> Standing:
        with self.house.units(write=False) as unit:
            held = unit.sites.authorisation(SITE_ID, TESS)
        assert held is not None
        assert held.state is AuthorisationState.ACTIVE
        return Standing("", COMPLETE) if held.authorised_at > self.before else Standing("", "")

    async def repeat(self) -> None:
        await self.carry_out()

    def shown(self) -> Counter[str]:
        """Here: who acts for whom."""
        with self.house.units(write=False) as unit:
            return Counter(one.person_id for one in unit.sites.authorisations(SITE_ID))

    def wanted(self) -> Iterable[str]:
        return [TESS]


class AuthoriseAccount(Authorise):
    for_account = True

    def standing(self) -> Standing:
        with self.house.units(write=False) as unit:
            (held,) = unit.pairings.accounts(SITE_ID)
        if held.holds and held.given_at > self.before:
            return Standing("", COMPLETE)
        return Standing("", "")

    def shown(self) -> Counter[str]:
        with self.house.units(write=False) as unit:
            return Counter(one.person_id for one in unit.pairings.accounts(SITE_ID))


OPERATIONS: dict[str, type[Operation]] = {
    "grades in bulk": SendGrades,
    "one grade": SendOneGrade,
    "outcomes by upload": SendOutcomes,
    "outcomes one by one": SendFewOutcomes,
    "outcomes of an assessment": SendOutcomesOfWork,
    "folder made": SendFewOutcomes,
    "outcomes changed": ChangeOutcomes,
    "outcomes taken back": TakeBackOutcomes,
    "folder removed": TakeBackOutcomes,
    "rubric": PutRubric,
    "waiting for grades": SendGrades,
    "grades read back": SendGrades,
    "waiting for an upload": SendOutcomes,
    "outcomes read back": SendOutcomes,
    "rubric read back": PutRubric,
    "assignments listed": ImportScores,
    "students listed": ImportScores,
    "e-mails listed": ImportScores,
    "ratings read": ImportScores,
    "test students told": ImportScores,
    "scheduled import": ImportBySchedule,
    "token renewed": SendAfterAnHour,
    "right asked": SendOutcomes,
    "authorizing": Authorise,
    "authorizing for an account": AuthoriseAccount,
}
"""By the names in docs/faults.md."""
