"""Tess' classroom with the use cases of consent."""

from dataclasses import dataclass

from application.use_cases.access.sign_in import SignInPerson
from application.use_cases.lms.authorise import (
    BeginConsent,
    ConsentAnswer,
    ConsentGiven,
    FinishConsent,
)
from application.use_cases.lms.authorise_account import AuthoriseAccount
from application.use_cases.lms.revoke_authorisation import RevokeAuthorisation
from domain.ids import LmsUserRef, PersonId
from domain.lms_site import Authorisation
from tests import builders
from tests.application.accounts import AccountDesk
from tests.application.sending import TEACHER, Classroom, at_once
from tests.stand_ins import CountedIds

SITE = builders.a_site().id
CALLBACK = "https://attain.test/integrations/canvas/callback"
BROWSER, OTHER = "a browser", "another browser"


@dataclass
class Consent:
    """Tess' classroom, whose authorisation stands, and the use cases of consent."""

    desk: AccountDesk

    @property
    def room(self) -> Classroom:
        return self.desk.room

    def __post_init__(self) -> None:
        room, secrets = self.room, CountedIds("secret")
        account = AuthoriseAccount(room.units, at_once, room.clock, self.desk.agents)
        lms = {"canvas": room.lms}
        self.ask = BeginConsent(room.units, room.clock, room.keyring, secrets, lms, CALLBACK)
        self.finish = FinishConsent(
            room.units,
            at_once,
            room.clock,
            room.keyring,
            CountedIds("authorisation"),
            SignInPerson(room.units, room.clock, secrets),
            lms,
            CALLBACK,
            account,
        )
        self.revoke = RevokeAuthorisation(room.units, at_once, room.clock, room.keyring, lms)

    def begun(
        self,
        person_id: PersonId | None = TEACHER,
        return_to: str = "/links",
        *,
        for_account: bool = False,
    ) -> str:
        url = self.ask(
            SITE,
            person_id=person_id,
            binding=BROWSER,
            return_to=return_to,
            for_account=for_account,
        )
        return url.rpartition("state=")[2]

    async def given(
        self, state: str, user: LmsUserRef | None = None, *bindings: str
    ) -> ConsentGiven:
        code = self.room.lms.given_code(user or self.room.teacher)
        return await self.finish(ConsentAnswer(state, code, "", bindings or (BROWSER,)))

    def held(self) -> Authorisation:
        with self.room.units(write=False) as unit:
            held = unit.sites.authorisation(SITE, TEACHER)
        assert held is not None
        return held

    def deeds(self) -> list[tuple[str, str]]:
        with self.room.units(write=False) as unit:
            return [(entry.actor, entry.verb) for entry in unit.audit.entries()]
