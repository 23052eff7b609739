"""Where records are kept. All methods belong to the unit of work that hands them out.

`get` raises `NotFound`; `find...` answer None or a list. `save` writes a record whose
`version` is the one it was read with (0 for a new one), stores it with the next version and
returns it so; it raises `Conflict` when the stored version is another. Lists are ordered as
said, else by id.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.access import RoleGrant
from domain.assessment import Assessment, OwnGrade, SectionAssessment
from domain.audit import AuditEntry, AuditFilter, Deed
from domain.delivery import BulkPost, Delivery, Send
from domain.identity import LaunchRecord, LmsIdentity, LocalField
from domain.ids import (
    AssessmentId,
    AuthorisationId,
    CourseId,
    LaunchId,
    LinkId,
    OrgId,
    PersonId,
    PlanId,
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
from domain.lms_site import Authorisation, ConsentRequest, LmsSite
from domain.lti_registration import ConsumerKey
from domain.reflection import Reflection
from domain.rostering import Course, Enrolment, EnrolmentRole, Org, Person, Section, Term
from domain.scale import AssessmentScale
from domain.score import Score
from domain.session import OneTimeCode, Session
from domain.slo import Slo


class RosterRepository(Protocol):
    """Orgs, terms, courses, sections, people, enrolments. `put_...` insert or replace by id."""

    def orgs(self) -> list[Org]: ...
    def terms(self) -> list[Term]:
        """Newest start first."""

    def courses(self) -> list[Course]: ...
    def course(self, course_id: CourseId) -> Course: ...
    def term(self, term_id: TermId) -> Term: ...
    def section(self, section_id: SectionId) -> Section: ...
    def sections(self) -> list[Section]: ...
    def sections_titled(self, title: str) -> list[Section]:
        """Active sections whose comparable title equals that of `title`."""

    def sections_by_source(self, source_ids: Iterable[str]) -> list[Section]: ...
    def sections_of(self, person_id: PersonId, role: EnrolmentRole) -> list[Section]:
        """Active sections with an active enrolment of the person in that role."""

    def is_enrolled(
        self, person_id: PersonId, section_id: SectionId, role: EnrolmentRole
    ) -> bool: ...
    def people_in(self, section_id: SectionId, role: EnrolmentRole) -> list[Person]:
        """Active people with an active enrolment, by family name (collation_key)."""

    def people_who_left(self, section_id: SectionId, role: EnrolmentRole) -> list[Person]:
        """Those once enrolled so who are not in `people_in` any more, in its order."""

    def person(self, person_id: PersonId) -> Person: ...
    def people(self, ids: Iterable[PersonId]) -> dict[PersonId, Person]: ...
    def people_where(self, field: LocalField, value: str) -> list[Person]:
        """All people, active or not, whose field equals `value` in comparable form.

        An empty value is absent and equals nobody's.
        """

    def all_people(self) -> list[Person]: ...
    def all_enrolments(self) -> list[Enrolment]: ...
    def put_orgs(self, orgs: Iterable[Org]) -> None: ...
    def put_terms(self, terms: Iterable[Term]) -> None: ...
    def put_courses(self, courses: Iterable[Course]) -> None: ...
    def put_sections(self, sections: Iterable[Section]) -> None: ...
    def put_people(self, people: Iterable[Person]) -> None: ...
    def put_enrolments(self, enrolments: Iterable[Enrolment]) -> None: ...
    def roles_of(self, person_id: PersonId) -> list[RoleGrant]: ...
    def grant(self, grant: RoleGrant) -> None:
        """Granting twice changes nothing: the first grant stays as it was."""

    def org(self, org_id: OrgId) -> Org: ...


class OutcomeRepository(Protocol):
    """Scales and SLOs. `put_...` insert or replace by id."""

    def scales(self) -> list[AssessmentScale]:
        """The default one first, then by code and version."""

    def scale(self, scale_id: ScaleId) -> AssessmentScale: ...
    def put_scales(self, scales: Iterable[AssessmentScale]) -> None: ...
    def slos(self) -> list[Slo]:
        """By code."""

    def slos_of_course(self, course_id: CourseId) -> list[Slo]:
        """Active ones, by code."""

    def slos_by_id(self, ids: Iterable[SloId]) -> dict[SloId, Slo]: ...
    def put_slos(self, slos: Iterable[Slo]) -> None: ...


@dataclass(frozen=True, slots=True)
class Uses:
    """In how many sections an assessment stands, and in how many of them it was scored."""

    sections: int
    scored: int


class AssessmentRepository(Protocol):
    def get(self, assessment_id: AssessmentId) -> Assessment: ...
    def all(self) -> list[Assessment]:
        """By name."""

    def save(self, assessment: Assessment) -> Assessment: ...
    def work(self, section_assessment_id: SectionAssessmentId) -> SectionAssessment: ...
    def works_in(self, section_ids: Iterable[SectionId]) -> list[SectionAssessment]: ...
    def work_of(
        self, assessment_id: AssessmentId, section_id: SectionId
    ) -> SectionAssessment | None: ...
    def save_work(self, work: SectionAssessment) -> SectionAssessment: ...
    def save_works(self, works: Iterable[SectionAssessment]) -> list[SectionAssessment]:
        """All of them, or Conflict."""

    def works_of(self, assessment_id: AssessmentId) -> list[SectionAssessment]: ...
    def works_of_plan(self, plan_id: PlanId) -> list[SectionAssessment]: ...
    def uses(self) -> dict[AssessmentId, Uses]:
        """Of every assessment that stands in a section."""

    def works_in_use(self, ids: Iterable[SectionAssessmentId]) -> set[SectionAssessmentId]:
        """Those to which anything else belongs: a score, a link, a reflection, an import."""

    def remove_works(self, ids: Iterable[SectionAssessmentId]) -> None:
        """Only for works that are not in use."""

    def reflection(
        self, section_assessment_id: SectionAssessmentId, person_id: PersonId
    ) -> Reflection | None: ...
    def save_reflection(self, reflection: Reflection) -> Reflection: ...


class ScoreRepository(Protocol):
    def of_work(self, section_assessment_id: SectionAssessmentId) -> list[Score]: ...
    def of_works(
        self, ids: Iterable[SectionAssessmentId]
    ) -> dict[SectionAssessmentId, list[Score]]: ...
    def of_student(
        self, section_assessment_id: SectionAssessmentId, student_id: PersonId
    ) -> dict[RowId, Score]: ...
    def cell(
        self, section_assessment_id: SectionAssessmentId, student_id: PersonId, row_id: RowId
    ) -> Score:
        """The stored cell, or `unscored(...)` with version 0."""

    def save(self, score: Score) -> Score:
        """`score.version` is the NEXT version (`Score.changed` counted it).

        Raises Conflict unless the stored version is the one before.
        """

    def own_grades(
        self, section_assessment_id: SectionAssessmentId
    ) -> dict[PersonId, OwnGrade]: ...
    def save_own_grade(self, grade: OwnGrade) -> OwnGrade: ...


class LinkRepository(Protocol):
    def get(self, link_id: LinkId) -> Link: ...
    def at(self, placement: Placement) -> list[Link]:
        """Active links of a placement; one for each Attain section at most."""

    def elsewhere(self, platform: str, link_id: LinkId) -> Link | None:
        """A link of this platform, active or not, by our own id in a copied launch URL."""

    def of_contexts(self, platform: str, context_ids: Iterable[str]) -> list[Link]:
        """Active links of these LMS courses, newest first."""

    def of_work(self, section_assessment_id: SectionAssessmentId) -> list[Link]:
        """All of them, earlier ones too, newest first."""

    def in_sections(self, section_ids: Iterable[SectionId]) -> list[Link]:
        """All of them, newest first."""

    def save(self, link: Link) -> Link:
        """Raises Conflict too when the placement has another active link in the section."""

    def choices(self, platform: str, context_id: str) -> list[ContextChoice]: ...
    def remember_choice(self, choice: ContextChoice) -> None:
        """One choice for each platform, context and person; the last one stays."""


class DeliveryRepository(Protocol):
    def send(self, send_id: SendId) -> Send: ...
    def sends_of(self, link_id: LinkId) -> list[Send]:
        """Newest first."""

    def open_sends(self) -> list[Send]:
        """Not done and not stopped, oldest first."""

    def save_send(self, send: Send) -> Send:
        """Raises Conflict too when the link has another unfinished send."""

    def deliveries(self, send_id: SendId) -> list[Delivery]: ...
    def save(self, deliveries: Iterable[Delivery]) -> list[Delivery]: ...
    def last_sent(self, link_id: LinkId) -> dict[PersonId, Delivery]:
        """For each student the newest delivery of the link that was SENT."""

    def posts(self, send_id: SendId) -> list[BulkPost]:
        """By number."""

    def put_post(self, post: BulkPost) -> None: ...


class IdentityRepository(Protocol):
    def known(self, platform: str, lms_user_id: str) -> LmsIdentity | None: ...
    def remember(self, identity: LmsIdentity) -> None:
        """Insert or replace by platform and LMS user."""

    def log(self, record: LaunchRecord) -> None: ...
    def launch(self, launch_id: LaunchId) -> LaunchRecord: ...
    def recent(self, limit: int = 100) -> list[LaunchRecord]:
        """Newest first."""

    def queue(self) -> list[LaunchRecord]:
        """Queued and not resolved, newest first, one for each platform and LMS user."""

    def resolve(self, platform: str, lms_user_id: str, person_id: PersonId) -> None:
        """Mark all queued records of the LMS user as resolved to this person."""


class RegistrationRepository(Protocol):
    """LTI consumer keys."""

    def keys(self) -> list[ConsumerKey]:
        """Newest first, revoked ones too."""

    def key(self, consumer_key: str) -> ConsumerKey: ...
    def find(self, consumer_key: str) -> ConsumerKey | None: ...
    def save(self, key: ConsumerKey) -> ConsumerKey: ...
    def touch(self, consumer_key: str, at: datetime) -> None:
        """Note a use, at most once a minute; no version moves."""


class SiteRepository(Protocol):
    """LMS sites, authorisations, pending consents."""

    def sites(self) -> list[LmsSite]:
        """By name, inactive ones too."""

    def get(self, site_id: SiteId) -> LmsSite: ...
    def named(self, name: str) -> LmsSite | None: ...
    def save(self, site: LmsSite) -> LmsSite: ...
    def authorisation(self, site_id: SiteId, person_id: PersonId) -> Authorisation | None:
        """The newest one of the person at the site, whatever its state."""

    def authorisations(self, site_id: SiteId) -> list[Authorisation]: ...
    def authorisation_by_id(self, authorisation_id: AuthorisationId) -> Authorisation: ...
    def save_authorisation(self, authorisation: Authorisation) -> Authorisation: ...
    def add_consent(self, request: ConsentRequest) -> None: ...
    def take_consent(self, state_hash: str) -> ConsentRequest | None:
        """Remove and return it: single use."""


class SessionRepository(Protocol):
    def add(self, session: Session) -> None: ...
    def by_id(self, session_id: SessionId) -> Session | None: ...
    def by_token(self, token_hash: str) -> Session | None: ...
    def touch(self, session_id: SessionId, at: datetime) -> None: ...
    def of_person(self, person_id: PersonId) -> list[Session]:
        """All that are kept, over or not, newest start first."""

    def replace(self, session: Session) -> None:
        """Raises NotFound for a session that was never added or is forgotten."""

    def end(self, session_id: SessionId, at: datetime) -> None: ...
    def forget_expired(self, before: datetime) -> int:
        """Remove sessions and codes that were over at `before`; returns how many sessions."""

    def add_code(self, code: OneTimeCode) -> None: ...
    def peek_code(self, code_hash: str) -> OneTimeCode | None: ...
    def spend_code(self, code_hash: str, at: datetime) -> OneTimeCode | None:
        """The code, marked spent in one atomic update; None if unknown or spent before."""


class SettingsRepository(Protocol):
    """System settings as text by name, such as `lti.enabled`."""

    def all(self) -> Mapping[str, str]: ...
    def get(self, name: str, default: str) -> str: ...
    def put(self, name: str, value: str) -> None: ...


class AuditTrail(Protocol):
    def record(self, deed: Deed) -> AuditEntry:
        """Append in this unit's transaction; the chain has no gaps and no forks."""

    def entries(self, *, after: int = 0, limit: int = 1000) -> list[AuditEntry]:
        """By number."""

    def search(
        self, wanted: AuditFilter, *, before: int | None = None, limit: int = 100
    ) -> list[AuditEntry]:
        """Newest first, from the one before the number `before`."""
