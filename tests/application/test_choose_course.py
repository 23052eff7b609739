"""The Canvas course of a section: remembered, linked, of the same name, or asked."""

from dataclasses import replace

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Invalid, LmsUnavailable, NotFound
from application.ports.lms import LmsCourse
from application.use_cases.lms.choose_course import (
    CourseChoice,
    OfferedCourse,
    RememberCourse,
    TaughtCourses,
    Told,
)
from domain.ids import LmsCourseRef, PersonId, SectionId, SiteId
from tests import builders
from tests.application.accounts import SITE, AccountDesk
from tests.application.sending import TEACHER, at_once
from tests.stand_ins import FixedClock

SECTION = SectionId("section-engl101-01")


class Choosing:
    """Tess teaches ENGL101-01; an assignment of a course with another code is linked."""

    def __init__(self, desk: AccountDesk) -> None:
        self.desk = desk
        self.taught = TaughtCourses(desk.units, at_once, desk.gateways)
        self.remember = RememberCourse(desk.units, desk.clock)

    def course(self, code: str) -> LmsCourseRef:
        return self.desk.lms.state.given_course(self.desk.room.teacher, code=code)

    def unlink(self) -> None:
        with self.desk.units() as unit:
            (link,) = unit.links.in_sections([SECTION])
            unit.links.save(link.unlinked(self.desk.clock.now()))
            unit.commit()

    async def offered(self) -> CourseChoice:
        return await self.taught(TEACHER, SECTION)

    async def told(self) -> tuple[Told, str | None]:
        choice = await self.offered()
        return choice.told, choice.chosen.course.ref if choice.chosen else None


@pytest.fixture
def choosing(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> Choosing:
    return Choosing(AccountDesk(memory_units, memory_jobs, clock))


class TestPreselecting:
    async def test_what_was_remembered_comes_first(self, choosing: Choosing) -> None:
        other = choosing.course("ENGL101-01")
        wanted = choosing.course("Poems")
        choice = await choosing.offered()
        choosing.remember(TEACHER, SECTION, choice.course(f"{SITE}/{wanted}"))

        assert await choosing.told() == (Told.REMEMBERED, wanted)
        assert other != wanted

    async def test_then_the_course_of_a_linked_assignment(self, choosing: Choosing) -> None:
        choosing.course("ENGL101-01")

        assert await choosing.told() == (Told.LINKED, choosing.desk.room.course)

    async def test_then_the_one_whose_code_equals_the_title(self, choosing: Choosing) -> None:
        choosing.unlink()
        same = choosing.course("  ENGL101-01 ")

        assert await choosing.told() == (Told.SAME_TITLE, same)

    async def test_two_of_the_same_code_are_asked(self, choosing: Choosing) -> None:
        choosing.unlink()
        choosing.course("ENGL101-01")
        choosing.course("ENGL101-01")

        assert await choosing.told() == (Told.NOT, None)

    async def test_case_counts(self, choosing: Choosing) -> None:
        choosing.unlink()
        choosing.course("engl101-01")

        assert await choosing.told() == (Told.NOT, None)

    async def test_a_remembered_course_no_longer_taught_is_passed_over(
        self, choosing: Choosing
    ) -> None:
        wanted = choosing.course("Poems")
        choice = await choosing.offered()
        choosing.remember(TEACHER, SECTION, choice.course(f"{SITE}/{wanted}"))
        choosing.desk.lms.state.teachers.discard((wanted, choosing.desk.room.teacher))

        assert await choosing.told() == (Told.LINKED, choosing.desk.room.course)

    async def test_the_chosen_one_stands_first(self, choosing: Choosing) -> None:
        choosing.course("A first one by its code")

        choice = await choosing.offered()

        assert choice.offered[0] is choice.chosen


class TestAsking:
    async def test_only_who_teaches_the_section(self, choosing: Choosing) -> None:
        with pytest.raises(NotFound):
            await choosing.taught(PersonId("person-ana"), SECTION)

    async def test_a_course_that_was_not_offered_is_refused(self, choosing: Choosing) -> None:
        choice = await choosing.offered()

        with pytest.raises(Invalid):
            choice.course(f"{SITE}/999")

    async def test_without_authorisation_says_so(self, choosing: Choosing) -> None:
        choosing.desk.lms.withdraw(choosing.desk.room.teacher)

        choice = await choosing.offered()

        assert (choice.offered, choice.reason) == ((), "unauthorised")

    async def test_one_site_away_leaves_the_others(self, choosing: Choosing) -> None:
        with choosing.desk.units() as unit:
            site = unit.sites.get(SITE)
            unit.sites.save(replace(site, id=SiteId("site-beta"), name="beta", version=0))
            unit.commit()

        choice = await choosing.offered()

        assert [(one.name, one.reason) for one in choice.unread] == [("beta", "unauthorised")]
        assert (len(choice.offered), choice.several_sites, choice.reason) == (1, True, "")

    async def test_an_lms_that_is_away_is_named(self, choosing: Choosing) -> None:
        choosing.desk.lms.failures.append(LmsUnavailable("Away."))

        assert (await choosing.offered()).reason == "unavailable"

    async def test_without_a_site_there_is_nothing_to_ask(self, choosing: Choosing) -> None:
        with choosing.desk.units() as unit:
            unit.sites.save(replace(unit.sites.get(SITE), active=False))
            unit.commit()

        assert (await choosing.offered()).reason == "not-connected"

    async def test_somebody_who_teaches_nothing_there_is_told(self, choosing: Choosing) -> None:
        choosing.desk.lms.state.teachers.clear()

        assert (await choosing.offered()).reason == "teaches-none"


def test_remembering_needs_the_section_to_be_taught(choosing: Choosing) -> None:
    with choosing.desk.units() as unit:
        unit.roster.put_sections([builders.a_section("engl101-02")])
        unit.commit()
    offered = OfferedCourse(SITE, "main", LmsCourse(LmsCourseRef("7"), "X", None, "X", ""))

    with pytest.raises(NotFound):
        choosing.remember(TEACHER, SectionId("section-engl101-02"), offered)
