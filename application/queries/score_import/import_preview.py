"""What an import would change, student by student and row by row, before it changes anything."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from application.own_records import own_import
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.works.work_header import WorkHeader, work_header
from application.refusals import sentence
from application.score_import.desk import ScoreDesk, score_desk
from application.workplace import Workplace
from domain.ids import ImportId, LmsAssignmentRef, LmsUserRef, PersonId, RowId
from domain.rostering import Person, collation_key
from domain.score import plain, value_as_text
from domain.score_import.import_plan import ImportLine, ImportPolicy, LineState
from domain.score_import.import_run import ScoreImport
from domain.score_import.source import Contribution


@dataclass(frozen=True, slots=True)
class SourceView:
    """A rating in the LMS that a line rests on, in the words of the LMS.

    `exact` False: the scales differ, and the mastery level decided.
    """

    assignment: str
    rating: str
    points: str
    exact: bool


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """`name` and `tech_id` are empty for a user of the LMS who is no student here.

    `row_code` and `row_title` are empty where nothing of the student can come over.
    """

    student_id: PersonId | None
    user_ref: LmsUserRef
    name: str
    tech_id: str
    row_id: RowId | None
    row_code: str
    row_title: str
    state: LineState
    stands: str
    """The score that stands here, in its written form."""
    seen: int
    """Its version; a conflict is replaced only while it is still this one."""
    becomes: str
    level: str
    """The label of the level that it becomes; empty when it cannot come over."""
    sources: tuple[SourceView, ...]
    reason: str
    """Why it cannot come over, as a slug of the refusals; else empty."""

    @property
    def sentence(self) -> str:
        return sentence(self.reason) if self.reason else ""


@dataclass(frozen=True, slots=True)
class ImportPreviewView:
    """`lines` by family name and in the order of the rows; unknown users come last."""

    score_import: ScoreImport
    header: WorkHeader
    assignments: tuple[tuple[LmsAssignmentRef, str], ...]
    """Those chosen, with their names."""
    policy: ImportPolicy
    lines: tuple[PreviewLine, ...]

    def counted(self, state: LineState) -> int:
        return sum(line.state == state for line in self.lines)

    @property
    def writes(self) -> int:
        """Scores that are written when no conflict is replaced."""
        return self.counted(LineState.NEW) + self.counted(LineState.CHANGED)

    @property
    def refusals(self) -> tuple[tuple[str, int], ...]:
        """Each reason for which something cannot come over, as a sentence, and how often."""
        reasons = Counter(line.reason for line in self.lines if line.state is LineState.CANNOT)
        return tuple((sentence(reason), count) for reason, count in reasons.most_common())


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """From what was read, with no call to the LMS; what was given here since counts.

    Raises: NotFound, the person does not teach the section.
    """

    units: UnitOfWorkFactory

    def __call__(
        self,
        person_id: PersonId,
        import_id: ImportId,
        assignments: frozenset[LmsAssignmentRef] | None = None,
        policy: ImportPolicy = ImportPolicy.LATEST,
    ) -> ImportPreviewView:
        """`assignments` None: all that match."""
        with self.units(write=False) as unit:
            one, place = own_import(unit, person_id, import_id)
            desk = score_desk(unit, place, one)
            wanted = desk.matching if assignments is None else assignments
            lines = desk.plan(wanted, policy)
            people = unit.roster.people({one.student_id for one in lines if one.student_id})
            header = work_header(unit, place)
        return ImportPreviewView(one, header, _names(desk, wanted), policy,
                                 _views(place, lines, people))  # fmt: skip


def _names(
    desk: ScoreDesk, wanted: frozenset[LmsAssignmentRef]
) -> tuple[tuple[LmsAssignmentRef, str], ...]:
    listed = (one.assignment for one in desk.readings if one.assignment.ref in wanted)
    return tuple((one.ref, one.name) for one in sorted(listed, key=lambda a: (a.name, a.ref)))


def _views(
    place: Workplace, lines: tuple[ImportLine, ...], people: Mapping[PersonId, Person]
) -> tuple[PreviewLine, ...]:
    order = {row.id: number for number, row in enumerate(place.rubric.rows)}

    def key(line: ImportLine) -> tuple[bool, tuple[str, str], str, int]:
        person = people.get(line.student_id) if line.student_id else None
        name = collation_key(person.list_name) if person else ("", "")
        number = order[line.row_id] if line.row_id else -1
        return person is None, name, line.user_ref, number

    return tuple(_view(place, line, people) for line in sorted(lines, key=key))


def _view(place: Workplace, line: ImportLine, people: Mapping[PersonId, Person]) -> PreviewLine:
    person = people.get(line.student_id) if line.student_id else None
    row = place.rubric.row(line.row_id) if line.row_id else None
    return PreviewLine(
        student_id=line.student_id,
        user_ref=line.user_ref,
        name=person.list_name if person else "",
        tech_id=person.tech_id if person else "",
        row_id=line.row_id,
        row_code=row.code if row else "",
        row_title=row.title if row else "",
        state=line.state,
        stands=value_as_text(line.score.value) if line.score else "",
        seen=line.score.version if line.score else 0,
        becomes=plain(line.level.points) if line.level else "",
        level=line.level.label if line.level else "",
        sources=tuple(_source(one) for one in line.contributions),
        reason=line.reason,
    )


def _source(one: Contribution) -> SourceView:
    points = "" if one.points is None else plain(one.points)
    return SourceView(one.assignment_name, one.rating, points, one.exact)
