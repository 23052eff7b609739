"""An Attain in which every page has something to show, and people who may open them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from tempfile import TemporaryDirectory

from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryQueue
from adapters.outbound.memory.lms_outcome_state import ROOT
from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import AfterCommit, MemoryUnits
from adapters.outbound.runtime.chance import new_secret
from application.ports.secrets import authorisation_row, site_row
from application.ports.unit_of_work import UnitOfWork
from application.use_cases.access.session_starts import StartSessionCommand
from application.use_cases.access.sessions import StartSession
from domain.access import Role
from domain.api_token import ApiToken, TokenScope
from domain.delivery import DeliveryState, Send, SendState
from domain.ids import (
    ApiTokenId,
    LinkId,
    LmsAssignmentRef,
    LmsCourseRef,
    LmsUserRef,
    OrgId,
    PersonId,
    RowId,
    SectionId,
    SendId,
)
from domain.rostering import EnrolmentRole
from tests import builders
from tests.browser.furnished_downloads import furnish_downloads
from tests.browser.furnished_evaluation import furnish_evaluation
from tests.browser.furnished_evidence import furnish_evidence
from tests.browser.furnished_imports import furnish_imports
from tests.browser.furnished_improvement import furnish_improvement
from tests.browser.furnished_library import furnish_library
from tests.browser.furnished_loads import furnish_loads
from tests.browser.furnished_matching import furnish_matching
from tests.browser.furnished_outcomes import furnish_outcomes
from tests.browser.furnished_people import SCIENCE, furnish_people
from tests.browser.furnished_portfolio import furnish_portfolio
from tests.browser.furnished_rubrics import furnish_rubrics
from tests.browser.furnished_slos import furnish_slos
from tests.browser.furnished_student_work import furnish_student_work
from tests.browser.scoring_server import CRITERIA_WORK, LAUNCH, TITLES, WORK, fill, score_some
from tests.browser.serving import HOST, free_port, serving_app
from tests.exchange_builders import an_account_authorisation, an_org_pairing
from tests.http.whole import KEY, LMS, WholeHouse
from tests.report_college import furnish_reports
from tests.stand_ins import NOON, FixedClock

EMPTY_SECTION = SectionId("section-engl101-02")
EMPTY_WORK = builders.a_section_assessment("poster").id
DONE, RUNNING, WAITING = (SendId(f"send-{name}") for name in ("done", "running", "waiting"))
LABELS = {
    DeliveryState.SENT: "",
    DeliveryState.FAILED: "not-active",
    DeliveryState.CONFLICT: "changed-there",
    DeliveryState.UNVERIFIED: "not-read-back",
}

SELECTING = {
    "platform": "key:guid",
    "context_id": "context-1",
    "section_ids": builders.a_section().id,
    "content_item_url": f"{LMS}/content_item",
    "consumer_key": KEY,
}


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody with a session, or without where there is no role."""

    role: Role | None
    context: Mapping[str, str] = field(default_factory=dict)
    lms: str = LMS
    person: str = ""
    """The key of the person where it is not the guest's own name."""
    org: OrgId | None = None


UNKNOWN = "https://unknown.test"
GUESTS: dict[str, Guest] = {
    "tess": Guest(Role.FACULTY, LAUNCH),
    "selecting": Guest(Role.FACULTY, SELECTING, person="tess"),
    "tom": Guest(Role.FACULTY, LAUNCH),
    "nora": Guest(Role.FACULTY, {"section_ids": EMPTY_SECTION, "lms_origin": UNKNOWN}, UNKNOWN),
    "stew": Guest(Role.DATA_STEWARD, {"roles": "data-steward faculty"}, ""),
    "s000": Guest(Role.STUDENT, LAUNCH),
    "sol": Guest(Role.STUDENT, LAUNCH),
    "rita": Guest(Role.READER, LAUNCH),
    "cora": Guest(Role.COORDINATOR),
    "evan": Guest(Role.EVALUATOR),
    "several": Guest(
        Role.COORDINATOR,
        {"roles": "coordinator@org-science coordinator@org-poetry faculty"},
        "",
        person="tess",
        org=SCIENCE,
    ),
    "idle": Guest(Role.READER, LAUNCH, person="many-000"),
    "stranger": Guest(None),
}


@dataclass(frozen=True, slots=True)
class Furnished:
    url: str
    house: WholeHouse

    def cookie_of(self, name: str) -> str:
        """The cookie of a fresh session; empty for a stranger."""
        guest = GUESTS[name]
        if guest.role is None:
            return ""
        start = StartSession(self.house.units, self.house.clock, new_secret)
        who = PersonId(f"person-{guest.person or name}")
        return start(
            StartSessionCommand(who, guest.role, guest.context, guest.lms, "/", guest.org)
        ).cookie


@contextmanager
def furnished() -> Iterator[Furnished]:
    clock = FixedClock()
    jobs = MemoryJobs(clock)

    def make_queue(after_commit: AfterCommit) -> MemoryQueue:
        queue = MemoryQueue(jobs)
        after_commit(queue.publish)
        return queue

    port = free_port()
    url = f"http://{HOST}:{port}"
    units = MemoryUnits(Store(), make_queue)
    with TemporaryDirectory() as data:
        house = WholeHouse(units, jobs, clock, base_url=url, data_dir=data)
        house.registered()
        with house.units() as unit:
            _fill(unit, house)
            unit.commit()
        furnish_downloads(house)
        with serving_app(house.app(), port):
            yield Furnished(url, house)


def _fill(unit: UnitOfWork, house: WholeHouse) -> None:
    fill(unit)
    score_some(unit)
    _others(unit)
    _connect(unit, house)
    _administer(unit, house)
    furnish_outcomes(unit, house.lms.state.outcomes, next(iter(house.lms.state.courses)))
    furnish_people(unit)
    furnish_slos(unit)
    furnish_reports(unit)
    _sends(unit)
    furnish_loads(unit)
    furnish_library(unit)
    furnish_evidence(unit)
    furnish_evaluation(unit)
    furnish_improvement(unit, unit.assessments.work(WORK))
    _tokens(unit)
    unit.registrations.save(builders.a_consumer_key("key-old", revoked_at=NOON))
    for key in ("one", "two"):
        unit.identities.log(builders.a_launch_record(key, lms_user_id=f"lti-{key}"))
    furnish_matching(unit)
    furnish_student_work(unit)
    furnish_portfolio(unit, CRITERIA_WORK)


def _tokens(unit: UnitOfWork) -> None:
    """The steward has one token that works and one that is revoked."""
    for key, revoked_at in (("one", None), ("old", NOON)):
        unit.api_tokens.put(
            ApiToken(ApiTokenId(f"token-{key}"), f"hash-{key}", PersonId("person-stew"),
                     Role.DATA_STEWARD, TokenScope.READ, f"Nightly report {key}", NOON,
                     NOON + timedelta(days=90), None, revoked_at)
        )  # fmt: skip


def _others(unit: UnitOfWork) -> None:
    """A teacher of an empty section, a student of none, a steward and a reader."""
    people = {"nora": "Nora", "sol": "Sol", "stew": "Dana", "rita": "Rita",
              "cora": "Cora", "evan": "Evan"}  # fmt: skip
    unit.roster.put_people(builders.a_person(key, given_name=name) for key, name in people.items())
    unit.roster.put_enrolments(
        [builders.an_enrolment("nora", "engl101-02", role=EnrolmentRole.TEACHER)]
    )
    for key in people:
        unit.roster.grant(builders.a_role_grant(key, role=GUESTS[key].role))
    unit.assessments.save_work(builders.a_section_assessment("poster", section_id=EMPTY_SECTION))
    project = unit.assessments.work(CRITERIA_WORK)
    unit.assessments.save_work(replace(project, released_at=NOON))


def _connect(unit: UnitOfWork, house: WholeHouse) -> None:
    """Tess has authorised; Canvas knows most students, one graded there, one excused."""
    state = house.lms.state
    tess = state.given_account(sis_id="Ctess", login="tess")
    course = state.given_course(tess.ref, code="BIOL 101-03", term="Fall 2026")
    assignment = state.given_assignment(course, points_possible=Decimal(20))
    for number in range(11):
        account = state.given_account(sis_id=f"44{number:05}")
        state.given_student(course, account)
        if number % 3:
            _finish(unit, number)
        if number in {2, 3}:
            entered = Decimal(11) if number == 2 else None
            state.given_grade(assignment, account.ref, entered, excused=entered is None)
    site = builders.a_site()
    sealed = house.keyring.seal("client secret", site_row(site.id))
    unit.sites.save(replace(site, client_secret=sealed, test=True))
    _authorise(unit, house, "tess", tess.ref)
    _link(unit, course, assignment)
    furnish_rubrics(unit, state, tess.ref, course)
    furnish_imports(unit, state, course)


def _administer(unit: UnitOfWork, house: WholeHouse) -> None:
    """The steward acts on the root account, somebody else lost that; one org is paired."""
    canvas = house.lms.state.outcomes
    stew = house.lms.state.given_account(sis_id="Cstew", login="stew")
    canvas.given_admin(ROOT, stew.ref)
    paired = canvas.given_unit(name="Languages")
    canvas.given_unit(name="Poetry", parent=paired)
    unit.roster.put_orgs([builders.an_org("poetry"), builders.an_org("science")])
    unit.pairings.pair_org(an_org_pairing(account_ref=paired, account_name="Languages"))
    site = unit.sites.get(builders.a_site().id)
    unit.sites.save(replace(site, account_ref=ROOT))
    _authorise(unit, house, "stew", stew.ref)
    for key, lost in (("stew", ""), ("tess", "right-lost")):
        unit.pairings.save_account(
            an_account_authorisation(key, account_ref=ROOT, lost_reason=lost)
        )


def _authorise(unit: UnitOfWork, house: WholeHouse, key: str, user: LmsUserRef) -> None:
    grant = house.lms.given_grant(user)
    person = PersonId(f"person-{key}")
    held = builders.an_authorisation(key, person_id=person, expires_at=None, user_ref=user)
    row = authorisation_row(held.id)
    unit.sites.save_authorisation(
        replace(
            held,
            access_token=house.keyring.seal(grant.access_token, row),
            refresh_token=house.keyring.seal(grant.refresh_token or "", row),
        )
    )


def _finish(unit: UnitOfWork, number: int) -> None:
    """Score what the spread of scores has left out."""
    student = f"s{number:03}"
    given = {(score.student_id, score.row_id) for score in unit.scores.of_work(WORK)}
    for row in (RowId(f"slo-s{row}") for row in range(len(TITLES))):
        if (PersonId(f"person-{student}"), row) not in given:
            unit.scores.save(builders.a_score(student, row_id=row))


def _link(unit: UnitOfWork, course: LmsCourseRef, assignment: LmsAssignmentRef) -> None:
    unit.links.save(
        builders.a_link(title="Lab report", course_ref=course, assignment_ref=assignment)
    )
    for key, work in (("project", CRITERIA_WORK), ("old", WORK)):
        unit.links.save(
            builders.a_link(
                key,
                placement=builders.a_placement(key),
                section_assessment_id=work,
                course_ref=course,
                assignment_ref=assignment,
                unlinked_at=NOON if key == "old" else None,
            )
        )
    unit.links.save(
        builders.a_link(
            "poster",
            placement=builders.a_placement("poster"),
            section_assessment_id=EMPTY_WORK,
            section_id=EMPTY_SECTION,
            course_ref=course,
            assignment_ref=assignment,
        )
    )


def _sends(unit: UnitOfWork) -> None:
    earlier = NOON - timedelta(days=1)
    _send(unit, builders.a_send("done", state=SendState.DONE, finished_at=earlier,
                                requested_at=earlier), *LABELS)  # fmt: skip
    _send(unit, builders.a_send("running", state=SendState.RUNNING),
          DeliveryState.SENT, DeliveryState.POSTING, DeliveryState.PENDING)  # fmt: skip
    _send(unit, builders.a_send("waiting", state=SendState.WAITING, reason="unauthorised",
                                link_id=LinkId("link-project")),
          DeliveryState.WAITING, DeliveryState.WAITING)  # fmt: skip


def _send(unit: UnitOfWork, send: Send, *states: DeliveryState) -> None:
    unit.deliveries.save_send(send)
    unit.deliveries.save(
        builders.a_delivery(
            f"s{number:03}",
            send.id.removeprefix("send-"),
            link_id=send.link_id,
            grade=Decimal("12.50"),
            state=state,
            reason=LABELS.get(state, ""),
            settled_at=send.finished_at,
            read_back=Decimal("12.50") if state is DeliveryState.SENT else None,
        )
        for number, state in enumerate(states)
    )
