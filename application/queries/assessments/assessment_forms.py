"""What the forms *Add Assessment* and *Find Assessment* offer for one section."""

from dataclasses import dataclass
from typing import NamedTuple

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.assessment import Assessment, AssessmentKind, Purpose
from domain.ids import AssessmentId, PersonId, ScaleId, SectionId, SloId
from domain.rostering import EnrolmentRole, Section
from domain.scale import AssessmentScale
from domain.score import plain
from domain.slo import Slo

_MOST_SHOWN = 100


class SectionChoice(NamedTuple):
    id: SectionId
    title: str


@dataclass(frozen=True, slots=True)
class SloChoice:
    id: SloId
    code: str
    title: str
    statement: str


class ScaleChoice(NamedTuple):
    """`name` says all levels too, highest first."""

    id: ScaleId
    name: str


@dataclass(frozen=True, slots=True)
class NewAssessmentView:
    sections: tuple[SectionChoice, ...]
    section: SectionChoice
    slos: tuple[SloChoice, ...]
    scales: tuple[ScaleChoice, ...]
    """The default one first."""


@dataclass(frozen=True, slots=True)
class LibraryItem:
    id: AssessmentId
    name: str
    description: str
    kind: AssessmentKind
    purpose: Purpose
    rows: tuple[str, ...]
    """Titles of the rows that are scored."""
    fits: bool
    """At least one of its SLOs is an SLO of the section's course."""
    own: bool
    in_library: bool


@dataclass(frozen=True, slots=True)
class FindAssessmentView:
    sections: tuple[SectionChoice, ...]
    section: SectionChoice
    query: str
    items: tuple[LibraryItem, ...]
    more: int
    """So many more fit than are shown."""
    own: tuple[LibraryItem, ...]
    """What the person made, shown or not."""


@dataclass(frozen=True, slots=True)
class NewAssessmentForm:
    """Raises NotFound when the person teaches no section, or not the one asked for."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, section_id: str) -> NewAssessmentView:
        with self.units(write=False) as unit:
            sections, section = _sections(unit, person_id, section_id)
            slos = unit.outcomes.slos_of_course(section.course_id)
            scales = unit.outcomes.scales()
        return NewAssessmentView(
            sections=tuple(SectionChoice(s.id, s.title) for s in sections),
            section=SectionChoice(section.id, section.title),
            slos=tuple(SloChoice(slo.id, slo.code, slo.title, slo.statement) for slo in slos),
            scales=tuple(
                ScaleChoice(scale.id, f"{scale.name}: {_in_words(scale)}") for scale in scales
            ),
        )


@dataclass(frozen=True, slots=True)
class FindAssessment:
    """The library without what the section has; those of its course first, then by name.

    Raises NotFound when the person teaches no section, or not the one asked for.
    """

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, section_id: str, query: str) -> FindAssessmentView:
        with self.units(write=False) as unit:
            sections, section = _sections(unit, person_id, section_id)
            there = {work.assessment_id for work in unit.assessments.works_in([section.id])}
            slos = unit.outcomes.slos_of_course(section.course_id)
            found = [
                _item(assessment, slos, person_id)
                for assessment in unit.assessments.all()
                if assessment.id not in there
                and assessment.offered_to(person_id)
                and _speaks_of(assessment, query)
            ]
        ordered = sorted(found, key=lambda item: not item.fits)
        return FindAssessmentView(
            sections=tuple(SectionChoice(s.id, s.title) for s in sections),
            section=SectionChoice(section.id, section.title),
            query=query,
            items=tuple(ordered[:_MOST_SHOWN]),
            more=max(0, len(ordered) - _MOST_SHOWN),
            own=tuple(item for item in ordered if item.own),
        )


def _sections(unit: UnitOfWork, person_id: PersonId, wanted: str) -> tuple[list[Section], Section]:
    taught = sorted(
        unit.roster.sections_of(person_id, EnrolmentRole.TEACHER), key=lambda s: s.title
    )
    for section in taught:
        if wanted in {"", section.id}:
            return taught, section
    raise NotFound("This section")


def _speaks_of(assessment: Assessment, query: str) -> bool:
    words = f"{assessment.name} {assessment.code} {assessment.description}".casefold()
    return all(word in words for word in query.casefold().split())


def _item(assessment: Assessment, slos: list[Slo], person_id: PersonId) -> LibraryItem:
    own = {slo.id for slo in slos}
    return LibraryItem(
        id=assessment.id,
        name=assessment.name,
        description=assessment.description,
        kind=assessment.kind,
        purpose=assessment.purpose,
        rows=tuple(row.title for row in assessment.rubric.criteria),
        fits=any(own.intersection(row.slo_ids) for row in assessment.rubric.criteria),
        own=assessment.owner_id == person_id,
        in_library=assessment.in_library,
    )


def _in_words(scale: AssessmentScale) -> str:
    return ", ".join(f"{plain(level.points)} {level.label}" for level in reversed(scale.levels))
