"""A class of students whose scores can be sent, over the adapters in memory."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryRunner
from adapters.outbound.memory.lms import MemoryLms
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.secrets.keyring import Keyring
from application.gateways import Gateways
from application.ports.secrets import authorisation_row, site_row
from application.ports.unit_of_work import UnitOfWork
from application.queries.sending.send_report import ReadSendReport, SendReport
from application.sending.delivery_book import DeliveryBook
from application.tokens import TokenVault
from application.use_cases.sending.deliver_scores import DeliverScores
from application.use_cases.sending.retry_send import CheckSend, RetrySend
from application.use_cases.sending.send_scores import PlanSend, SendScores, SendScoresCommand
from domain.access import Role
from domain.delivery import DeliveryState
from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsUserRef, PersonId, SendId
from domain.rostering import EnrolmentRole
from domain.score import Scored
from tests import builders
from tests.stand_ins import CountedIds, FixedClock

T = TypeVar("T")

TEACHER = PersonId("person-tess")
WORK = builders.a_section_assessment().id


async def at_once(work: Callable[[], T]) -> T:
    return work()


@dataclass
class Classroom:
    """Tess teaches; `students` have a score on both rows; Canvas knows them by Tech ID."""

    units: MemoryUnits
    jobs: MemoryJobs
    clock: FixedClock
    students: tuple[str, ...] = ("ana", "bo", "cy")
    scored: bool = True
    lms: MemoryLms = field(default_factory=MemoryLms)
    naps: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        state = self.lms.state
        self.keyring = Keyring(["k" * 40])
        teacher = state.given_account(sis_id="Ctess", login="tess")
        self.teacher: LmsUserRef = teacher.ref
        self.course: LmsCourseRef = state.given_course(teacher.ref)
        self.assignment: LmsAssignmentRef = state.given_assignment(
            self.course, points_possible=Decimal(20)
        )
        self.refs = {
            name: state.given_student(self.course, state.given_account(sis_id=f"C{name}"))
            for name in self.students
        }
        self._store()
        self._wire()

    def _store(self) -> None:
        people = [builders.a_person(name) for name in ("tess", *self.students)]
        enrolments = [builders.an_enrolment(name) for name in self.students]
        with self.units() as unit:
            unit.roster.put_orgs([builders.an_org()])
            unit.roster.put_terms([builders.a_term()])
            unit.roster.put_courses([builders.a_course()])
            unit.roster.put_sections([builders.a_section()])
            unit.roster.put_people(people)
            unit.roster.put_enrolments(
                [builders.an_enrolment("tess", role=EnrolmentRole.TEACHER), *enrolments]
            )
            unit.roster.grant(builders.a_role_grant("tess", role=Role.FACULTY))
            unit.outcomes.put_scales([builders.a_scale()])
            unit.assessments.save(builders.an_assessment())
            unit.assessments.save_work(builders.a_section_assessment())
            for name in self.students if self.scored else ():
                for row in ("thesis", "evidence"):
                    unit.scores.save(builders.a_score(name, row, value=Scored(Decimal(3))))
            self._link(unit)
            unit.commit()

    def _link(self, unit: UnitOfWork) -> None:
        site = builders.a_site()
        unit.sites.save(
            builders.a_site(client_secret=self.keyring.seal("client secret", site_row(site.id)))
        )
        grant = self.lms.given_grant(self.teacher)
        held = builders.an_authorisation("tess")
        row = authorisation_row(held.id)
        unit.sites.save_authorisation(
            builders.an_authorisation(
                "tess",
                access_token=self.keyring.seal(grant.access_token, row),
                refresh_token=self.keyring.seal(grant.refresh_token or "", row),
                expires_at=None,
                user_ref=self.teacher,
            )
        )
        unit.links.save(builders.a_link(course_ref=self.course, assignment_ref=self.assignment))

    def _wire(self) -> None:
        vault = TokenVault(self.units, at_once, self.clock, self.keyring, self.nap)
        gateways = Gateways(vault, {"canvas": self.lms})
        book = DeliveryBook(self.units, at_once, self.clock)
        self.plan = PlanSend(self.units, at_once, gateways)
        self.send_scores = SendScores(
            self.units, at_once, self.clock, CountedIds("send"), self.plan
        )
        self.retry = RetrySend(self.units, self.clock, self.jobs)
        self.check = CheckSend(self.units, at_once, gateways, book)
        self.deliver = DeliverScores(book, gateways, self.nap)
        self.runner = MemoryRunner(self.jobs, {"send-scores": self.deliver})

    async def nap(self, seconds: float) -> None:
        """Instead of waiting: note it, and let the LMS work meanwhile."""
        self.naps.append(seconds)
        if not self.lms.state.hold_bulk:
            self.lms.state.run_bulk()

    async def send(
        self, *names: str, confirmed: Iterable[str] = (), run: bool = True
    ) -> SendReport:
        """Send to those named, or to all that are ready."""
        send_id = await self.send_scores(
            SendScoresCommand(
                TEACHER,
                WORK,
                students=people(names) if names else None,
                confirmed=people(confirmed),
            )
        )
        if run:
            await self.runner.run_all()
        return self.report(send_id)

    def report(self, send_id: SendId) -> SendReport:
        return ReadSendReport(self.units)(TEACHER, send_id)

    def shown(self) -> dict[str, Decimal | None]:
        """What the gradebook shows, by student."""
        grades = self.lms.state.grades
        return {
            name: grades[self.assignment, ref].entered
            for name, ref in self.refs.items()
            if (self.assignment, ref) in grades
        }

    def given_there(self, name: str, points: int | None, *, excused: bool = False) -> None:
        entered = None if points is None else Decimal(points)
        self.lms.state.given_grade(self.assignment, self.refs[name], entered, excused=excused)


def people(names: Iterable[str]) -> frozenset[PersonId]:
    return frozenset(PersonId(f"person-{name}") for name in names)


def states(report: SendReport) -> dict[str, DeliveryState]:
    return {row.person.login: row.delivery.state for row in report.rows}


def reasons(report: SendReport) -> dict[str, str]:
    return {row.person.login: row.delivery.reason for row in report.rows}
