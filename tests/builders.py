"""Records with valid defaults; a test names only what it is about.

The first argument is a short key from which ids and codes are made: `a_person("ana")` has
the id `person-ana`. Everything else can be replaced by keyword.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from application.ports.unit_of_work import UnitOfWork
from domain.access import Role, RoleGrant
from domain.assessment import (
    Assessment,
    AssessmentKind,
    OwnGrade,
    Purpose,
    SectionAssessment,
)
from domain.audit import Deed
from domain.delivery import BulkPost, Delivery, DeliveryState, GradeSource, Send, SendState
from domain.dla import AssignedDla, Dla, DlaState
from domain.identity import LaunchRecord, LmsIdentity
from domain.ids import (
    AssessmentId,
    AssignedDlaId,
    AuthorisationId,
    CourseId,
    DeliveryId,
    DlaId,
    EnrolmentId,
    LaunchId,
    LinkId,
    LmsAssignmentRef,
    LmsCourseRef,
    LmsUserRef,
    OrgId,
    PersonId,
    RowId,
    ScaleId,
    SectionAssessmentId,
    SectionId,
    SendId,
    SessionId,
    SiteId,
    SloId,
    TermId,
)
from domain.link import ContextChoice, Link, Placement
from domain.lms_site import Authorisation, AuthorisationState, ConsentRequest, LmsSite
from domain.lti_registration import ConsumerKey
from domain.reflection import Answer, Reflection, ReflectionTemplate
from domain.rostering import Course, Enrolment, EnrolmentRole, Org, Person, Section, Term
from domain.rubric import Criterion, CriterionLevel, Rubric
from domain.scale import AssessmentScale, MasteryLevel, ScoreLevel
from domain.score import Score, Scored
from domain.self_assessment import OwnScore, SelfAssessment
from domain.session import OneTimeCode, Session
from domain.slo import PerformanceDescriptor, Slo, SloKind, SloState
from domain.web_link import WebLink
from tests.stand_ins import NOON

BEGINNING = MasteryLevel("beginning", "Beginning", 0, met=False)
DEVELOPING = MasteryLevel("developing", "Developing", 1, met=False)
MET = MasteryLevel("met", "Met", 2, met=True)
EXCEEDED = MasteryLevel("exceeded", "Exceeded", 3, met=True)
_LADDER = (BEGINNING, DEVELOPING, MET, EXCEEDED)


def an_org(key: str = "english", **changes: Any) -> Org:
    org = Org(OrgId(f"org-{key}"), f"src-{key}", key[:4].upper(), key.title(), "department",
              None, active=True)  # fmt: skip
    return replace(org, **changes)


def an_org_tree() -> list[Org]:
    """Arts, with History below it, and English below that."""
    return [
        an_org("arts"),
        an_org("history", parent_id=OrgId("org-arts")),
        an_org("english", parent_id=OrgId("org-history")),
    ]


def a_term(key: str = "fall", **changes: Any) -> Term:
    starts, ends = date(2026, 8, 24), date(2026, 12, 18)
    term = Term(TermId(f"term-{key}"), f"src-{key}", f"{key.title()} 2026", "semester",
                starts, ends, active=True)  # fmt: skip
    return replace(term, **changes)


def a_course(key: str = "engl101", **changes: Any) -> Course:
    course = Course(CourseId(f"course-{key}"), f"src-{key}", key.upper(), f"Course {key}",
                    OrgId("org-english"), active=True)  # fmt: skip
    return replace(course, **changes)


def a_section(key: str = "engl101-01", **changes: Any) -> Section:
    section = Section(SectionId(f"section-{key}"), f"src-{key}", key.upper(), key.upper(),
                      CourseId("course-engl101"), OrgId("org-english"), TermId("term-fall"),
                      active=True)  # fmt: skip
    return replace(section, **changes)


def a_person(key: str = "ana", **changes: Any) -> Person:
    person = Person(PersonId(f"person-{key}"), f"src-{key}", f"C{key}", key, f"{key}@example.edu",
                    key.title(), "Ortiz", active=True)  # fmt: skip
    return replace(person, **changes)


def an_enrolment(
    person: str = "ana", section: str = "engl101-01", role: EnrolmentRole = EnrolmentRole.STUDENT,
    **changes: Any,
) -> Enrolment:  # fmt: skip
    key = f"{person}-{section}-{role}"
    enrolment = Enrolment(EnrolmentId(f"enrolment-{key}"), f"src-{key}",
                          SectionId(f"section-{section}"), PersonId(f"person-{person}"), role,
                          active=True)  # fmt: skip
    return replace(enrolment, **changes)


def a_role_grant(person: str = "ana", **changes: Any) -> RoleGrant:
    return replace(RoleGrant(PersonId(f"person-{person}"), Role.FACULTY, None), **changes)


def a_scale(key: str = "four", **changes: Any) -> AssessmentScale:
    """Points 1 to 4, one for each mastery level."""
    levels = tuple(
        ScoreLevel(Decimal(points), mastery.name, f"Work is {mastery.code}.", mastery)
        for points, mastery in enumerate(_LADDER, start=1)
    )
    scale = AssessmentScale(ScaleId(f"scale-{key}"), key, key.title(), 1, is_default=True,
                            levels=levels)  # fmt: skip
    return replace(scale, **changes)


def an_slo(key: str = "thesis", **changes: Any) -> Slo:
    descriptor = PerformanceDescriptor(ScaleId("scale-four"), Decimal(3), "States a clear thesis.")
    slo = Slo(SloId(f"slo-{key}"), key.upper(), SloKind.COURSE, CourseId("course-engl101"), None,
              f"Write: {key}", f"Students can do {key}.", SloState.ACTIVE, 1,
              (descriptor,))  # fmt: skip
    return replace(slo, **changes)


def a_criterion(key: str = "thesis", **changes: Any) -> Criterion:
    levels = tuple(
        CriterionLevel(Decimal(points), mastery.name, f"{key} is {mastery.code}", mastery)
        for points, mastery in enumerate(_LADDER, start=1)
    )
    criterion = Criterion(RowId(f"row-{key}"), key.upper(), key.title(), f"About {key}.", levels)
    return replace(criterion, **changes)


def a_rubric(*keys: str, **changes: Any) -> Rubric:
    """One row for each key; two rows when none is named."""
    rows = tuple(a_criterion(key) for key in keys or ("thesis", "evidence"))
    return replace(Rubric(rows), **changes)


def an_assessment(key: str = "essay", **changes: Any) -> Assessment:
    assessment = Assessment(
        AssessmentId(f"assessment-{key}"), key.upper(), OrgId("org-english"), key.title(),
        f"The {key}.", AssessmentKind.OUTCOMES, Purpose.SUMMATIVE, ScaleId("scale-four"),
        a_rubric(), Decimal(100), ReflectionTemplate(), in_library=False,
        owner_id=PersonId("person-tess"), version=0,
    )  # fmt: skip
    return replace(assessment, **changes)


def a_section_assessment(key: str = "essay", **changes: Any) -> SectionAssessment:
    work = SectionAssessment(
        SectionAssessmentId(f"work-{key}"), AssessmentId(f"assessment-{key}"),
        SectionId("section-engl101-01"), NOON + timedelta(days=7), planned=False,
        released_at=None, snapshot=None, version=0,
    )  # fmt: skip
    return replace(work, **changes)


def a_score(student: str = "ana", row: str = "thesis", **changes: Any) -> Score:
    """The first stored state of a cell, which is version 1."""
    score = Score(SectionAssessmentId("work-essay"), PersonId(f"person-{student}"),
                  RowId(f"row-{row}"), Scored(Decimal(3)), "", 1, PersonId("person-tess"),
                  NOON)  # fmt: skip
    return replace(score, **changes)


def an_own_grade(student: str = "ana", **changes: Any) -> OwnGrade:
    grade = OwnGrade(SectionAssessmentId("work-essay"), PersonId(f"person-{student}"),
                     Decimal("87.50"), 0, PersonId("person-tess"), NOON)  # fmt: skip
    return replace(grade, **changes)


def a_reflection(person: str = "tess", **changes: Any) -> Reflection:
    reflection = Reflection(SectionAssessmentId("work-essay"), PersonId(f"person-{person}"),
                            (Answer("q1", "What next?", "It went well."),), None, 0)  # fmt: skip
    return replace(reflection, **changes)


def a_dla(key: str = "thesis", **changes: Any) -> Dla:
    dla = Dla(
        DlaId(f"dla-{key}"), PersonId("person-tess"), f"Practise: {key}", "Read, then write.",
        (WebLink("https://writing.example.edu/thesis", "The guide"),), "One page.",
        SloId("slo-thesis"), NOON, None, 0,
    )  # fmt: skip
    return replace(dla, **changes)


def an_assigned_dla(student: str = "ana", dla: str = "thesis", **changes: Any) -> AssignedDla:
    assigned = AssignedDla(
        AssignedDlaId(f"assigned-{dla}-{student}"), DlaId(f"dla-{dla}"),
        SectionId("section-engl101-01"), PersonId(f"person-{student}"), None,
        NOON + timedelta(days=7), DlaState.ASSIGNED, "", (), PersonId("person-tess"), NOON, 0,
    )  # fmt: skip
    return replace(assigned, **changes)


def a_self_assessment(student: str = "ana", **changes: Any) -> SelfAssessment:
    one = SelfAssessment(
        SectionAssessmentId("work-essay"), PersonId(f"person-{student}"),
        (OwnScore(RowId("row-thesis"), "3", "It is stated at once."),), "", None, 0,
    )  # fmt: skip
    return replace(one, **changes)


def a_placement(key: str = "essay", **changes: Any) -> Placement:
    return replace(Placement("key:guid", "context-1", f"resource-{key}"), **changes)


def a_link(key: str = "essay", **changes: Any) -> Link:
    link = Link(
        LinkId(f"link-{key}"), a_placement(key), SectionAssessmentId("work-essay"),
        SectionId("section-engl101-01"), SiteId("site-main"), LmsCourseRef("101"),
        LmsAssignmentRef("501"), "Essay", Decimal(100), PersonId("person-tess"), NOON, None, 0,
    )  # fmt: skip
    return replace(link, **changes)


def a_context_choice(person: str = "tess", **changes: Any) -> ContextChoice:
    choice = ContextChoice("key:guid", "context-1", PersonId(f"person-{person}"),
                           SectionId("section-engl101-01"), NOON)  # fmt: skip
    return replace(choice, **changes)


def a_send(key: str = "first", **changes: Any) -> Send:
    send = Send(SendId(f"send-{key}"), LinkId("link-essay"), PersonId("person-tess"), NOON,
                SendState.QUEUED, "", None, None, 0)  # fmt: skip
    return replace(send, **changes)


def a_delivery(student: str = "ana", send: str = "first", **changes: Any) -> Delivery:
    delivery = Delivery(
        DeliveryId(f"delivery-{send}-{student}"), SendId(f"send-{send}"), LinkId("link-essay"),
        PersonId(f"person-{student}"), LmsUserRef(f"user-{student}"), Decimal("87.50"),
        GradeSource.RECOMMENDED, DeliveryState.PENDING, "", None, confirmed=False,
        read_back=None, settled_at=None, version=0,
    )  # fmt: skip
    return replace(delivery, **changes)


def a_bulk_post(number: int = 1, **changes: Any) -> BulkPost:
    post = BulkPost(SendId("send-first"), number, (DeliveryId("delivery-first-ana"),), "",
                    settled=False)  # fmt: skip
    return replace(post, **changes)


def an_lms_identity(person: str = "ana", **changes: Any) -> LmsIdentity:
    identity = LmsIdentity("key:guid", f"lti-{person}", PersonId(f"person-{person}"),
                           f"C{person}", NOON)  # fmt: skip
    return replace(identity, **changes)


def a_launch_record(key: str = "one", **changes: Any) -> LaunchRecord:
    record = LaunchRecord(
        LaunchId(f"launch-{key}"), NOON, "person-unmatched", "nobody", "key:guid", "lti-x",
        "context-1", "ENGL101-01", "resource-essay", "Learner", "lis_person_sourcedid=C0...45",
        None, "K7Q2", queued=True,
    )  # fmt: skip
    return replace(record, **changes)


def a_consumer_key(key: str = "key", **changes: Any) -> ConsumerKey:
    consumer_key = ConsumerKey(key, f"Label {key}", b"sealed", None, None, NOON, None, None, 0)
    return replace(consumer_key, **changes)


def a_site(key: str = "main", **changes: Any) -> LmsSite:
    site = LmsSite(SiteId(f"site-{key}"), key, "canvas", f"https://{key}.lms.test", "10000001",
                   b"sealed", "1", test=False, active=True, version=0)  # fmt: skip
    return replace(site, **changes)


def an_authorisation(key: str = "tess", **changes: Any) -> Authorisation:
    authorisation = Authorisation(
        AuthorisationId(f"authorisation-{key}"), SiteId("site-main"), PersonId("person-tess"),
        LmsUserRef("7"), b"access", b"refresh", NOON + timedelta(hours=1),
        AuthorisationState.ACTIVE, "", NOON, None, 0,
    )  # fmt: skip
    return replace(authorisation, **changes)


def a_consent_request(key: str = "state", **changes: Any) -> ConsentRequest:
    request = ConsentRequest(key, "session-hash", SiteId("site-main"), PersonId("person-tess"),
                             "authorise", "/links", NOON + timedelta(minutes=10))  # fmt: skip
    return replace(request, **changes)


def a_session(key: str = "one", **changes: Any) -> Session:
    session = Session(SessionId(f"session-{key}"), f"token-{key}", PersonId("person-tess"),
                      Role.FACULTY, {"platform": "key:guid"}, "https://lms.test", NOON, NOON,
                      None)  # fmt: skip
    return replace(session, **changes)


def a_one_time_code(key: str = "code", **changes: Any) -> OneTimeCode:
    code = OneTimeCode(key, "start", SessionId("session-one"), PersonId("person-tess"),
                       "/assessments", NOON + timedelta(minutes=5), None)  # fmt: skip
    return replace(code, **changes)


def a_deed(verb: str = "scored", **changes: Any) -> Deed:
    return replace(Deed("person-tess", verb, "score:1", "", NOON), **changes)


@dataclass(frozen=True, slots=True)
class College:
    """What scores, links and sends hang on: one section, its teacher `tess`, its students."""

    students: tuple[str, ...] = ("ana", "ben")

    def store(self, unit: UnitOfWork) -> None:
        unit.roster.put_orgs([an_org()])
        unit.roster.put_terms([a_term()])
        unit.roster.put_courses([a_course()])
        unit.roster.put_sections([a_section(), a_section("engl101-02")])
        unit.roster.put_people(a_person(key) for key in ("tess", *self.students))
        unit.roster.put_enrolments(self._enrolments())
        unit.outcomes.put_scales([a_scale()])
        unit.outcomes.put_slos([an_slo()])
        unit.assessments.save(an_assessment())
        unit.assessments.save_work(a_section_assessment())
        unit.sites.save(a_site())

    def _enrolments(self) -> Iterable[Enrolment]:
        yield an_enrolment("tess", role=EnrolmentRole.TEACHER)
        yield from (an_enrolment(key) for key in self.students)
