"""What a roster would change: pure comparison of what is stored with what was read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from application.loading import checks
from application.loading.diff import KindPlan, compare
from application.loading.enrolments import plan_enrolments
from application.loading.frames import Frames
from application.loading.hangings import Login, demographics_of, further_logins, granted
from application.loading.options import USUAL, LoadOptions
from application.loading.people import doubled_people, plan_people, role_grants
from application.loading.structure import CourseBuilder, SectionBuilder, TermBuilder, plan_orgs
from application.ports.load_repositories import StoredEnrolments
from application.ports.progress import Progress, unseen
from application.ports.runtime import NewIds
from application.rosters.load_runs import NO_SOURCES, Doubled, KindCount, SourceChanges
from application.rosters.records import CountedKind, RecordKind
from application.rosters.roster import Roster
from application.rosters.row_errors import RowError, Severity
from domain.access import GRANTED_BY_ROSTER, RoleGrant
from domain.ids import SectionId
from domain.rostering import Course, Demographic, Enrolment, Org, Person, Section, Term

COMPARING = "comparing"


@dataclass(frozen=True, slots=True)
class StoredRoster:
    """What is stored before the load, ended records too."""

    orgs: list[Org]
    terms: list[Term]
    courses: list[Course]
    sections: list[Section]
    people: list[Person]
    enrolments: StoredEnrolments
    worked: frozenset[SectionId] = frozenset()
    """Sections that hold assessments."""


Structure = tuple[KindPlan[Org], KindPlan[Term], KindPlan[Course], KindPlan[Section]]
AnyKindPlan = (
    KindPlan[Org]
    | KindPlan[Term]
    | KindPlan[Course]
    | KindPlan[Section]
    | KindPlan[Person]
    | KindPlan[Enrolment]
)


@dataclass(frozen=True, slots=True)
class RosterPlan:
    orgs: KindPlan[Org]
    terms: KindPlan[Term]
    courses: KindPlan[Course]
    sections: KindPlan[Section]
    people: KindPlan[Person]
    enrolments: KindPlan[Enrolment]
    grants: tuple[RoleGrant, ...]
    errors: tuple[RowError, ...]
    """Those of reading first, then those found by comparing."""
    demographics: tuple[Demographic, ...] = ()
    """What the file tells of live people, of the attributes that are kept."""
    logins: tuple[Login, ...] = ()
    """Further logins of people."""
    doubles: tuple[Doubled, ...] = ()
    revoked: tuple[RoleGrant, ...] = ()
    """Roles that an earlier load brought and this one ends."""
    grant_sources: SourceChanges = NO_SOURCES
    """What is kept of the rows of roles, as this load changes it."""
    roles_held: int = 0
    """How many roles earlier loads brought, where this one may end some."""

    @property
    def kinds(self) -> tuple[AnyKindPlan, ...]:
        """In the order of RecordKind."""
        return (self.orgs, self.terms, self.courses, self.sections, self.people, self.enrolments)

    def counts(self, roster: Roster) -> tuple[KindCount, ...]:
        """In the order of CountedKind; a row with three defects is one refused row.

        Of what people have only the kinds are told that the load is about.
        """
        refused = {(e.file, e.line) for e in self.errors if e.severity is Severity.ERROR}
        lines = Counter(file for file, _ in refused)
        records = (
            KindCount(
                CountedKind(kind.kind),
                len(kind.added),
                len(kind.changed),
                len(kind.ended),
                kind.same,
                lines[file],
            )
            for kind, file in zip(self.kinds, roster.files, strict=True)
        )
        had = self._had(lines[roster.grants.file])
        return (*records, *(count for count in had if count.says_anything))

    def _had(self, refused_roles: int) -> Iterator[KindCount]:
        brought = sum(one.granted_by == GRANTED_BY_ROSTER for one in self.grants)
        ended = len(self.revoked)
        kept = self.roles_held - ended
        yield KindCount(CountedKind.ROLES, brought, 0, ended, kept, refused_roles)
        yield KindCount(CountedKind.LOGINS, len(self.logins), 0, 0, 0, 0)
        described = {one.person_id for one in self.demographics}
        yield KindCount(CountedKind.DEMOGRAPHICS, 0, len(described), 0, 0, 0)

    @property
    def changes_nothing(self) -> bool:
        hangs = self.grants or self.revoked or self.grant_sources or self.demographics
        return not (hangs or self.logins) and not any(kind.puts for kind in self.kinds)


def plan_roster(
    stored: StoredRoster,
    roster: Roster,
    new_id: NewIds,
    options: LoadOptions = USUAL,
    progress: Progress = unseen,
) -> RosterPlan:
    """Compare kind after kind, so that references are looked up among what will be live.

    A row whose reference is not live is refused by name and stops no other row.
    """
    frames = Frames(roster)
    orgs = plan_orgs(stored.orgs, roster, new_id, frames.of(RecordKind.ORGS))
    terms = compare(
        RecordKind.TERMS,
        stored.terms,
        roster.terms,
        TermBuilder(new_id),
        frame=frames.of(RecordKind.TERMS),
    )
    courses = compare(
        RecordKind.COURSES,
        stored.courses,
        roster.courses,
        CourseBuilder(new_id, orgs, roster),
        frame=frames.of(RecordKind.COURSES),
    )
    fixed = frozenset[SectionId]() if options.move_sections else stored.worked
    sections = compare(
        RecordKind.SECTIONS,
        stored.sections,
        roster.sections,
        SectionBuilder(new_id, orgs, terms, courses, roster, fixed),
        frame=frames.of_sections(orgs, terms),
    )
    return _with_people(
        stored, roster, (orgs, terms, courses, sections), _Way(new_id, options, progress, frames)
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """How the comparison goes: with which ids and options, told to whom."""

    new_id: NewIds
    options: LoadOptions
    progress: Progress
    frames: Frames


def _with_people(
    stored: StoredRoster, roster: Roster, structure: Structure, way: _Way
) -> RosterPlan:
    orgs, _, _, sections = structure
    first = len(roster.people.rows)
    total = first + len(roster.enrolments.rows)
    way.progress(COMPARING, 0, total)
    people = plan_people(
        stored.people, roster.people, way.new_id, way.options, way.frames.of(RecordKind.PEOPLE)
    )
    way.progress(COMPARING, first, total)
    frame = way.frames.of_enrolments(stored.sections, sections)
    enrolments = plan_enrolments(stored.enrolments, roster, sections, people, way.new_id, frame)
    way.progress(COMPARING, total, total)
    kinds = (*structure, people, enrolments)
    given, refused = granted(roster, people, orgs)
    doubled = doubled_people(people)
    return RosterPlan(
        *kinds,
        _each_once(role_grants(people, enrolments, roster), given),
        (
            *roster.errors,
            *(error for kind in kinds for error in kind.errors),
            *refused,
            *checks.doubles(doubled, people, roster.people),
        ),
        tuple(demographics_of(roster.demographics, people, way.options.demographics)),
        tuple(further_logins(roster.logins, people)),
        doubled,
    )


def _each_once(brought: tuple[RoleGrant, ...], given: list[RoleGrant]) -> tuple[RoleGrant, ...]:
    return tuple(dict.fromkeys((*brought, *given))) if given else brought
