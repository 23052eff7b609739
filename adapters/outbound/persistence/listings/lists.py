from sqlalchemy import Connection, Select, exists, select

from adapters.outbound.persistence.listings import seen
from adapters.outbound.persistence.listings.turns import Clause, Listing, equal
from adapters.outbound.persistence.repositories.assessments import ASSESSMENTS, WORKS
from adapters.outbound.persistence.repositories.links import LINKS
from adapters.outbound.persistence.repositories.loads import RUNS as LOADS
from adapters.outbound.persistence.repositories.outcomes import SCALES, SLOS
from adapters.outbound.persistence.repositories.roster import (
    COURSES,
    ENROLMENTS,
    ORGS,
    PEOPLE,
    SECTIONS,
    TERMS,
)
from adapters.outbound.persistence.repositories.score_imports import IMPORTS
from adapters.outbound.persistence.repositories.scores import SCORES
from adapters.outbound.persistence.repositories.sync_runs import RUNS
from application.ports.listings import (
    AssessmentsWanted,
    CoursesWanted,
    EnrolmentsWanted,
    ImportsWanted,
    LinksWanted,
    Listings,
    LoadsWanted,
    OrgsWanted,
    Page,
    PeopleWanted,
    ScalesWanted,
    ScoresWanted,
    SectionsWanted,
    SlosWanted,
    SyncRunsWanted,
    TermsWanted,
    Turn,
    WorksWanted,
)
from application.rosters.load_runs import LoadRun
from domain.assessment import Assessment, SectionAssessment
from domain.ids import SectionId
from domain.link import Link
from domain.outcomes.sync_run import SyncRun
from domain.rostering import Course, Enrolment, Org, Person, Section, Term
from domain.scale import AssessmentScale
from domain.score import Score
from domain.score_import.import_run import ScoreImport
from domain.sight import Sight
from domain.slo import Slo

_ORGS, _TERMS, _COURSES = Listing(ORGS), Listing(TERMS), Listing(COURSES)
_SECTIONS, _PEOPLE, _ENROLMENTS = Listing(SECTIONS), Listing(PEOPLE), Listing(ENROLMENTS)
_SCALES, _SLOS = Listing(SCALES), Listing(SLOS)
_ASSESSMENTS, _WORKS, _SCORES = Listing(ASSESSMENTS), Listing(WORKS), Listing(SCORES)
_LINKS, _RUNS, _IMPORTS = Listing(LINKS), Listing(RUNS), Listing(IMPORTS)
_LOADS = Listing(LOADS)


class SqlListings(Listings):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def orgs(self, wanted: OrgsWanted, turn: Turn) -> Page[Org]:
        c = ORGS.c
        clauses = equal(wanted, id=c.id, code=c.code, parent_id=c.parent_id, active=c.active)
        return _ORGS.page(self._connection, clauses, turn)

    def terms(self, wanted: TermsWanted, turn: Turn) -> Page[Term]:
        clauses = equal(wanted, id=TERMS.c.id, active=TERMS.c.active)
        return _TERMS.page(self._connection, clauses, turn)

    def courses(self, wanted: CoursesWanted, turn: Turn) -> Page[Course]:
        c = COURSES.c
        clauses = equal(wanted, id=c.id, code=c.code, org_id=c.org_id, active=c.active)
        return _COURSES.page(self._connection, clauses, turn)

    def scales(self, wanted: ScalesWanted, turn: Turn) -> Page[AssessmentScale]:
        clauses = equal(wanted, id=SCALES.c.id, code=SCALES.c.code)
        return _SCALES.page(self._connection, clauses, turn)

    def load_runs(self, wanted: LoadsWanted, turn: Turn) -> Page[LoadRun]:
        c = LOADS.c
        return _LOADS.page(self._connection, equal(wanted, id=c.id, state=c.state), turn)

    def sections(self, sight: Sight, wanted: SectionsWanted, turn: Turn) -> Page[Section]:
        c = SECTIONS.c
        clauses = equal(
            wanted, id=c.id, term_id=c.term_id, course_id=c.course_id, org_id=c.org_id,
            title=c.title_key, source_id=c.source_id, active=c.active,
        )  # fmt: skip
        return _SECTIONS.page(self._connection, [*clauses, seen.sections(sight)], turn)

    def people(self, sight: Sight, wanted: PeopleWanted, turn: Turn) -> Page[Person]:
        c = PEOPLE.c
        clauses = equal(
            wanted, id=c.id, tech_id=c.tech_key, login=c.login_key, email=c.email_key,
            active=c.active,
        )  # fmt: skip
        if wanted.section_id is not None:
            clauses.append(c.id.in_(_enrolled_in(wanted.section_id, sight)))
        return _PEOPLE.page(self._connection, [*clauses, seen.people(sight)], turn)

    def enrolments(self, sight: Sight, wanted: EnrolmentsWanted, turn: Turn) -> Page[Enrolment]:
        c = ENROLMENTS.c
        clauses = equal(
            wanted, id=c.id, section_id=c.section_id, person_id=c.person_id, role=c.role,
            active=c.active,
        )  # fmt: skip
        if wanted.term_id is not None:
            # Asked row by row, so that the page is full before the whole term is gathered.
            clauses.append(
                exists().where(SECTIONS.c.id == c.section_id, SECTIONS.c.term_id == wanted.term_id)
            )
        return _ENROLMENTS.page(self._connection, [*clauses, seen.enrolments(sight)], turn)

    def slos(self, sight: Sight, wanted: SlosWanted, turn: Turn) -> Page[Slo]:
        c = SLOS.c
        clauses = equal(
            wanted, id=c.id, code=c.code, kind=c.kind, state=c.state, course_id=c.course_id,
            org_id=c.org_id,
        )  # fmt: skip
        return _SLOS.page(self._connection, [*clauses, seen.slos(sight)], turn)

    def assessments(self, sight: Sight, wanted: AssessmentsWanted, turn: Turn) -> Page[Assessment]:
        c = ASSESSMENTS.c
        clauses = equal(
            wanted, id=c.id, code=c.code, kind=c.kind, org_id=c.org_id, in_library=c.in_library
        )
        return _ASSESSMENTS.page(self._connection, [*clauses, seen.assessments(sight)], turn)

    def works(self, sight: Sight, wanted: WorksWanted, turn: Turn) -> Page[SectionAssessment]:
        c = WORKS.c
        clauses = equal(wanted, id=c.id, assessment_id=c.assessment_id, section_id=c.section_id)
        placed = equal(wanted, course_id=SECTIONS.c.course_id, term_id=SECTIONS.c.term_id)
        if placed:
            clauses.append(c.section_id.in_(select(SECTIONS.c.id).where(*placed)))
        return _WORKS.page(self._connection, [*clauses, seen.works(sight)], turn)

    def scores(self, sight: Sight, wanted: ScoresWanted, turn: Turn) -> Page[Score]:
        c = SCORES.c
        clauses = equal(
            wanted, work_id=c.section_assessment_id, student_id=c.student_id, row_id=c.row_id
        )
        if wanted.since is not None:
            clauses.append(c.scored_at >= wanted.since)
        if wanted.section_id is not None:
            clauses.append(c.section_assessment_id.in_(_works_in(wanted.section_id)))
        return _SCORES.page(self._connection, [*clauses, seen.scores(sight)], turn)

    def links(self, sight: Sight, wanted: LinksWanted, turn: Turn) -> Page[Link]:
        c = LINKS.c
        clauses = equal(wanted, id=c.id, work_id=c.section_assessment_id, section_id=c.section_id)
        if wanted.active is not None:
            clauses.append(c.unlinked_at.is_(None) if wanted.active else c.unlinked_at.is_not(None))
        clauses.append(seen.at_seen_sections(sight, c.section_id))
        return _LINKS.page(self._connection, clauses, turn)

    def sync_runs(self, sight: Sight, wanted: SyncRunsWanted, turn: Turn) -> Page[SyncRun]:
        c = RUNS.c
        clauses = equal(wanted, id=c.id, site_id=c.site_id, work_id=c.work_id, state=c.state)
        return _RUNS.page(self._connection, [*clauses, seen.sync_runs(sight)], turn)

    def imports(self, sight: Sight, wanted: ImportsWanted, turn: Turn) -> Page[ScoreImport]:
        c = IMPORTS.c
        clauses: list[Clause] = equal(wanted, id=c.id, work_id=c.work_id, state=c.state)
        if wanted.section_id is not None:
            clauses.append(c.work_id.in_(_works_in(wanted.section_id)))
        return _IMPORTS.page(
            self._connection, [*clauses, seen.of_seen_works(sight, c.work_id)], turn
        )


def _enrolled_in(section_id: SectionId, sight: Sight) -> Select[tuple[str]]:
    c = ENROLMENTS.c
    return select(c.person_id).where(c.section_id == section_id, c.active, seen.enrolments(sight))


def _works_in(section_id: SectionId) -> Select[tuple[str]]:
    return select(WORKS.c.id).where(WORKS.c.section_id == section_id)
