"""A teacher's DLAs: what students of the person's sections have, and what the person made."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from application.evidence.dla_door import attached, was_handed_in
from application.paging import on_page, pages_of
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.evidence.evidence_lines import EvidenceLine, lines_to_read
from application.queries.student_work.dla_lines import DlaLine, dla_lines, slo_codes
from application.student_work.desk import own_dla, taught_dla
from domain.dla import AssignedDla, Dla, DlaState, DlaStep
from domain.evidence import Evidence
from domain.ids import AssignedDlaId, DlaId, PersonId, SloId
from domain.rostering import EnrolmentRole
from domain.web_link import WebLink

PER_PAGE = 200
OPEN = "open"
"""The state filter that leaves out what is accepted."""


@dataclass(frozen=True, slots=True)
class DlaFilter:
    """Empty means all; `state` is the word of a state, or `open`."""

    state: str = ""
    section: str = ""
    dla: str = ""

    def takes(self, line: DlaLine) -> bool:
        accepted = line.state is DlaState.ACCEPTED
        return (
            (self.state in {"", line.state.value} or (self.state == OPEN and not accepted))
            and self.section in {"", line.section_id}
            and self.dla in {"", line.dla_id}
        )


@dataclass(frozen=True, slots=True)
class MadeDla:
    """One's own DLA with how many students have it, by state."""

    dla: Dla
    slo_code: str
    counts: Mapping[DlaState, int]

    @property
    def students(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class DlaDeskView:
    """`lines` is the asked-for page of those that fit; `counts` are of all, unfiltered."""

    filter: DlaFilter
    lines: tuple[DlaLine, ...]
    total: int
    page: int
    counts: Mapping[DlaState, int]
    sections: tuple[tuple[str, str], ...]
    made: tuple[MadeDla, ...]

    @property
    def pages(self) -> int:
        return pages_of(self.total, PER_PAGE)


@dataclass(frozen=True, slots=True)
class DlaDesk:
    """What waits for the teacher first, then what is due soonest. Without a page, all."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId, wanted: DlaFilter, page: int | None = 1) -> DlaDeskView:
        with self.units(write=False) as unit:
            sections = unit.roster.sections_of(person_id, EnrolmentRole.TEACHER)
            found = unit.dlas.in_sections([section.id for section in sections])
            lines = dla_lines(unit, found, self.clock.now(), names=True)
            made = made_dlas(unit, person_id, lines)
        fitting = sorted((line for line in lines if wanted.takes(line)), key=_place)
        asked = max(1, page or 1)
        shown = fitting if page is None else on_page(fitting, asked, PER_PAGE)
        return DlaDeskView(
            wanted,
            tuple(shown),
            len(fitting),
            asked,
            Counter(line.state for line in lines),
            tuple(sorted(((one.id, one.title) for one in sections), key=lambda one: one[1])),
            made,
        )


def made_dlas(unit: UnitOfWork, person_id: PersonId, lines: list[DlaLine]) -> tuple[MadeDla, ...]:
    """Newest first, retired ones last; counts are of the person's own sections."""
    dlas = unit.dlas.made_by(person_id)
    codes = slo_codes(unit, dlas)
    counts: dict[DlaId, Counter[DlaState]] = {}
    for line in lines:
        counts.setdefault(line.dla_id, Counter())[line.state] += 1
    listed = sorted(dlas, key=lambda dla: dla.retired_at is not None)
    return tuple(
        MadeDla(dla, codes.get(dla.slo_id, ""), counts.get(dla.id, Counter())) for dla in listed
    )


@dataclass(frozen=True, slots=True)
class DlaForm:
    """What the form of one's own DLA offers; `dla` None: a new one."""

    dla: Dla | None
    slos: tuple[tuple[SloId, str], ...]


@dataclass(frozen=True, slots=True)
class ReadDlaForm:
    """SLOs of the courses that the person teaches. Raises NotFound."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, dla_id: DlaId | None) -> DlaForm:
        with self.units(write=False) as unit:
            dla = own_dla(unit, person_id, dla_id) if dla_id else None
            sections = unit.roster.sections_of(person_id, EnrolmentRole.TEACHER)
            courses = {section.course_id for section in sections}
            slos = [slo for course in courses for slo in unit.outcomes.slos_of_course(course)]
            if dla and dla.slo_id and dla.slo_id not in {slo.id for slo in slos}:
                slos += unit.outcomes.slos_by_id([dla.slo_id]).values()
        listed = sorted(slos, key=lambda slo: slo.code)
        return DlaForm(dla, tuple((slo.id, f"{slo.code} {slo.title}") for slo in listed))


@dataclass(frozen=True, slots=True)
class AssignedView:
    """One student's DLA with all that it says, for the student or a teacher."""

    line: DlaLine
    instructions: str
    instruction_links: tuple[WebLink, ...]
    hand_in: str
    text: str
    word: str
    steps: tuple[tuple[DlaStep, str], ...]
    """Newest first, with the name of who did it."""
    is_late: bool
    """Handed in after it was due."""
    evidence: tuple[EvidenceLine, ...]
    """What is attached, or before a teacher what was handed in with it."""
    version: int


@dataclass(frozen=True, slots=True)
class ReadAssigned:
    """For who teaches the section. A draft is the student's alone. Raises NotFound."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId, assigned_id: AssignedDlaId) -> AssignedView:
        with self.units(write=False) as unit:
            one = taught_dla(unit, person_id, assigned_id)
            shown = one.state in {DlaState.HANDED_IN, DlaState.ACCEPTED}
            view = assigned_view(unit, one.id, self.clock.now(), names=True)
        return view if shown else _without_draft(view)


def assigned_view(
    unit: UnitOfWork, assigned_id: AssignedDlaId, now: datetime, *, names: bool
) -> AssignedView:
    one = unit.dlas.assigned(assigned_id)
    dla = unit.dlas.get(one.dla_id)
    (line,) = dla_lines(unit, [one], now, names=names)
    people = unit.roster.people({step.by for step in one.steps})
    handed = one.handed_in_at
    return AssignedView(
        line=line,
        instructions=dla.instructions,
        instruction_links=dla.links,
        hand_in=dla.hand_in,
        text=one.text,
        word=one.word,
        steps=tuple((step, people[step.by].full_name) for step in reversed(one.steps)),
        is_late=bool(handed and one.due_at and handed > one.due_at),
        evidence=lines_to_read(_shown_evidence(unit, one, names=names)),
        version=one.version,
    )


def _shown_evidence(unit: UnitOfWork, one: AssignedDla, *, names: bool) -> list[Evidence]:
    every = attached(unit, one)
    if names:
        return [piece for piece in every if was_handed_in(one, piece)]
    return [piece for piece in every if piece.is_kept]


def _without_draft(view: AssignedView) -> AssignedView:
    return replace(view, text="")


def _place(line: DlaLine) -> tuple[bool, bool, float, str]:
    due = line.due_at.timestamp() if line.due_at else float("inf")
    handed_in = line.state is DlaState.HANDED_IN
    return not handed_in, line.state is DlaState.ACCEPTED, due, line.student
