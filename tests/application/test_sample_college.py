"""The sample college comes in through the same readers and use cases as any college."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.inbound.files.assessment_file import read_assessments
from adapters.inbound.files.oneroster import read_oneroster
from adapters.inbound.files.slo_file import read_slos, slo_file
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.persistence.engine import Engines
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.import_report import ImportReport
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.rosters.registers import Registers
from application.use_cases.assessments.import_assessments import ImportAssessments
from application.use_cases.rosters.load_roster import (
    LoadRoster,
    LoadRosterCommand,
    LoadRosterReport,
)
from application.use_cases.slos.import_slos import ImportSlos
from domain.assessment import WorkState, work_state
from domain.rostering import EnrolmentRole, comparable_title
from sandbox.canvas.seed import Seed
from sandbox.college import (
    STEWARD,
    College,
    practice_seed,
    ready_people,
    sample_college,
    write_college,
)
from tests.stand_ins import CountedIds, FixedClock, NoQueue

TODAY = date(2026, 11, 23)
ME = "command line"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("college")


@pytest.fixture(scope="module")
def college(folder: Path) -> College:
    return write_college(folder, TODAY)


@pytest.fixture
def units(engines: Engines) -> UnitOfWorkFactory:
    return SqlUnits(engines, lambda _connection: NoQueue())


class Intake:
    """The three commands of a college, in their order."""

    def __init__(self, units: UnitOfWorkFactory, folder: Path) -> None:
        clock, new_id = FixedClock(), CountedIds()
        self._folder = folder
        self._load = LoadRoster(units, clock, new_id)
        self._slos = ImportSlos(units, clock, new_id)
        self._assessments = ImportAssessments(units, clock, new_id)

    def __call__(self) -> tuple[LoadRosterReport, ImportReport, ImportReport]:
        upload = read_oneroster(self._folder / "oneroster")
        return (
            self._load(LoadRosterCommand(ME, upload.roster, upload.source)),
            self._slos(read_slos(self._folder / "slos.json", ME)),
            self._assessments(read_assessments(self._folder / "assessments.json", ME)),
        )


class TestComingIn:
    def test_loads_without_an_error_and_a_second_time_without_a_change(
        self, units: UnitOfWorkFactory, folder: Path, college: College
    ) -> None:
        intake = Intake(units, folder)
        roster, slos, assessments = intake()
        assert [e.cause.partition(";")[0] for e in roster.errors] == [
            "12 of 12 sections name an org that is no school"
        ]
        assert roster.stopped == ""
        assert (slos.problems, assessments.problems) == ((), ())
        assert [one.added for one in roster.counts] == [4, 3, 8, 12, 250, len(college.enrolments)]
        assert [(c.what, c.added) for c in slos.counts] == [("scales", 2), ("slos", 22)]
        assert [(c.what, c.added) for c in assessments.counts[:2]] == [
            ("assessments", 9), ("uses in sections", 15),
        ]  # fmt: skip
        again, slos, assessments = intake()
        assert not any(one.added or one.changed or one.ended for one in again.counts)
        assert not any(one.added or one.changed for one in (*slos.counts, *assessments.counts))

    def test_exported_slos_come_in_again_without_a_change(
        self, memory_units: MemoryUnits, folder: Path, college: College, tmp_path: Path
    ) -> None:
        Intake(memory_units, folder)()
        stored = Registers(memory_units).outcomes()
        content = slo_file(stored.scales, stored.slos, stored.courses, stored.orgs)
        (tmp_path / "out.json").write_bytes(msgspec.json.encode(content))
        again = ImportSlos(memory_units, FixedClock(), CountedIds("again"))
        report = again(read_slos(tmp_path / "out.json", ME))
        assert [(c.added, c.changed, c.same) for c in report.counts] == [(0, 0, 2), (0, 0, 22)]

    def test_has_work_in_every_state(
        self, units: UnitOfWorkFactory, folder: Path, college: College
    ) -> None:
        Intake(units, folder)()
        with units(write=False) as unit:
            states = set(_states(unit))
        # What is closed as not assessed is closed by a person, with a reason.
        assert states == set(WorkState) - {WorkState.NOT_ASSESSED}


def _states(unit: UnitOfWork) -> Iterator[WorkState]:
    now = FixedClock().now().replace(month=11, day=23)
    sections = [section.id for section in unit.roster.sections()]
    works = unit.assessments.works_in(sections)
    scores = unit.scores.of_works([work.id for work in works])
    for work in works:
        rubric = work.rubric(unit.assessments.get(work.assessment_id))
        people = unit.roster.people_in(work.section_id, EnrolmentRole.STUDENT)
        given_: dict[object, dict[object, object]] = {}
        for score in scores.get(work.id, []):
            given_.setdefault(score.student_id, {})[score.row_id] = score.value
        students = tuple(person.id for person in people)
        yield work_state(rubric, given_, students, work.due_at, now)  # type: ignore[arg-type]


class TestItsShape:
    @given(st.dates(date(2024, 1, 1), date(2040, 12, 31)))
    def test_its_current_term_holds_every_day(self, day: date) -> None:
        college = sample_college(day)
        assert college.current.starts_on <= day <= college.current.ends_on
        assert [term.ends_on for term in college.terms] == sorted(
            term.ends_on for term in college.terms
        )

    def test_is_the_same_on_the_same_day(self, college: College) -> None:
        assert sample_college(TODAY) == college
        assert sample_college(TODAY + timedelta(days=1)).people == college.people

    def test_has_people_of_many_scripts_with_names_and_logins_of_their_own(
        self, college: College
    ) -> None:
        names = "".join(person.name for person in college.people)
        for sign in "ñøŁŞươễليלי王Шяअ":
            assert sign in names, sign
        assert len({person.name for person in college.people}) == 250
        assert len({person.login for person in college.people}) == 250
        assert len({person.tech_id for person in college.people}) == 250
        assert sum(not person.given for person in college.people) == 10

    def test_one_canvas_course_holds_two_sections_and_one_was_renamed(
        self, college: College
    ) -> None:
        titles = {comparable_title(section.title) for section in college.sections}
        assert len(college.shells) == len(college.sections) - 1
        renamed = [s for s in college.shells if comparable_title(s.code) not in titles]
        assert [shell.code for shell in renamed] == ["Statistics Fall 2026"]


class TestThePracticeCanvas:
    def test_its_seed_is_the_same_college(self, college: College) -> None:
        seed = msgspec.convert(_seed(college), Seed)
        sis_ids = {user.sis_user_id for user in seed.users if user.sis_user_id}
        assert sis_ids == {STEWARD.tech_id, *(person.tech_id for person in college.people)}
        sections = {s.sis_section_id for course in seed.courses for s in course.sections}
        assert sections == {section.source_id for section in college.sections}
        taught = [
            e for e in seed.enrollments if e.type in {"StudentEnrollment", "TeacherEnrollment"}
        ]
        assert len(taught) == len(college.enrolments)

    def test_every_course_has_several_assignments_that_open_attain(self, college: College) -> None:
        for course in msgspec.convert(_seed(college), Seed).courses:
            opened = [a for a in course.assignments if a.external_tool_url == LAUNCH]
            others = [a for a in course.assignments if a.external_tool_url == QUIZ]
            assert len(opened) > 1
            assert len(opened) + len(others) == len(course.assignments)
            assert len(others) == course.course_code.startswith("ENGL")

    def test_the_other_tool_is_not_attain(self, college: College) -> None:
        attain, quiz = msgspec.convert(_seed(college), Seed).tools
        assert (attain.launch_url, quiz.launch_url) == (LAUNCH, QUIZ)
        assert quiz.name == "Practice Quiz Tool"
        assert quiz.consumer_key != attain.consumer_key

    def test_every_org_is_an_account_with_its_source_id(self, college: College) -> None:
        seed = msgspec.convert(_seed(college), Seed)
        accounts = {account.sis_account_id: account.id for account in seed.accounts}
        below = {org.source_id for org in college.orgs[1:]}
        assert accounts.keys() == below
        assert seed.root_account.sis_account_id == college.orgs[0].source_id
        homes = {course.account_id for course in seed.courses}
        assert homes <= set(accounts.values())

    def test_its_administrator_is_the_data_steward(self, college: College) -> None:
        seed = msgspec.convert(_seed(college), Seed)
        (admin,) = [user for user in seed.users if user.admin_of]
        assert (admin.login_id, admin.admin_of) == ("canvas-admin", [seed.root_account.id])
        assert admin.sis_user_id == STEWARD.tech_id

    def test_its_first_course_has_assignments_that_are_refused(self, college: College) -> None:
        first = msgspec.convert(_seed(college), Seed).courses[0]
        assert any(not assignment.published for assignment in first.assignments)
        assert any(assignment.points_possible is None for assignment in first.assignments)
        assert any(a.grading_type == "letter_grade" for a in first.assignments)

    def test_people_to_try_things_as_have_their_tokens(self, college: College) -> None:
        people = ready_people(college)
        tokens = {u.login_id: u.token for u in msgspec.convert(_seed(college), Seed).users}
        assert {person["role"] for person in people} == {"admin", "teacher", "student", "observer"}
        assert all(tokens[person["login"]] == person["canvas_token"] for person in people)
        assert all(token is None for login, token in tokens.items() if login not in
                   {person["login"] for person in people})  # fmt: skip


LAUNCH = "http://127.0.0.1:8400/lti/launch"
QUIZ = "http://localhost:8401/practice_quiz"


def _seed(college: College) -> dict[str, object]:
    return practice_seed(
        college,
        canvas_url="http://localhost:8401",
        attain_url="http://127.0.0.1:8400",
        consumer_key="key",
        shared_secret="secret",
        client_id="10000000000001",
        client_secret="hidden",
        redirect_uri="http://127.0.0.1:8400/integrations/canvas/callback",
    )
