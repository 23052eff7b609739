"""What can be imported after reading: assignments that fit, and outcomes still to be explained."""

from collections.abc import Iterable
from dataclasses import dataclass

from application.own_records import own_import
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.works.work_header import WorkHeader, work_header
from application.refusals import sentence
from application.score_import.criterion_uses import rows_by_slo
from application.score_import.desk import ScoreDesk, score_desk
from application.workplace import Workplace
from domain.ids import ImportId, LmsAssignmentRef, LmsOutcomeRef, PersonId, SloId
from domain.rubric import Criterion
from domain.score_import.import_run import RefreshPlan, ScoreImport
from domain.score_import.reading import Reading, matching_criteria


@dataclass(frozen=True, slots=True)
class AssignmentChoice:
    """`matching` of `criteria` rows of its rubric feed rows of the assessment."""

    ref: LmsAssignmentRef
    name: str
    published: bool
    anonymous: bool
    criteria: int
    matching: int
    rated: int
    """Students rated on a matching row."""
    linked: bool
    """The assessment is linked to it."""


@dataclass(frozen=True, slots=True)
class ForeignOutcome:
    """An outcome on a rubric of which nobody said yet which SLO it means."""

    ref: LmsOutcomeRef
    title: str
    assignments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MappedOutcome:
    """One that a person declared to mean an SLO of this assessment; it can be taken back."""

    ref: LmsOutcomeRef
    title: str
    slo_id: SloId


@dataclass(frozen=True, slots=True)
class SloOption:
    id: SloId
    label: str


@dataclass(frozen=True, slots=True)
class ImportChoicesView:
    """`assignments` are those that match, the linked one first, then by name."""

    score_import: ScoreImport
    header: WorkHeader
    assignments: tuple[AssignmentChoice, ...]
    foreign: tuple[ForeignOutcome, ...]
    mapped: tuple[MappedOutcome, ...]
    slos: tuple[SloOption, ...]
    """What a foreign outcome can mean."""
    refresh: RefreshPlan | None

    @property
    def waiting_for(self) -> str:
        """Why it does not go on, in a sentence; empty when it does."""
        return sentence(self.score_import.reason) if self.score_import.reason else ""


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """From what was read, with no call to the LMS; empty while it is still being read.

    Raises: NotFound, the person does not teach the section.
    """

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, import_id: ImportId) -> ImportChoicesView:
        with self.units(write=False) as unit:
            one, place = own_import(unit, person_id, import_id)
            desk = score_desk(unit, place, one)
            return ImportChoicesView(
                score_import=one,
                header=work_header(unit, place),
                assignments=_assignments(desk, _linked(unit, place, one)),
                foreign=_foreign(desk),
                mapped=_mapped(unit, one, desk),
                slos=_slos(place),
                refresh=unit.imports.refresh_plan(place.work.id),
            )


def _linked(unit: UnitOfWork, place: Workplace, one: ScoreImport) -> set[LmsAssignmentRef | None]:
    links = unit.links.of_work(place.work.id)
    return {link.assignment_ref for link in links if link.active and link.site_id == one.site_id}


def _assignments(
    desk: ScoreDesk, linked: set[LmsAssignmentRef | None]
) -> tuple[AssignmentChoice, ...]:
    choices = [
        _choice(desk, reading, linked=reading.assignment.ref in linked)
        for reading in desk.readings
        if reading.assignment.ref in desk.matching
    ]
    choices.sort(key=lambda one: (not one.linked, one.name.casefold(), one.ref))
    return tuple(choices)


def _choice(desk: ScoreDesk, reading: Reading, *, linked: bool) -> AssignmentChoice:
    assignment, uses = reading.assignment, desk.criteria.uses
    return AssignmentChoice(
        ref=assignment.ref,
        name=assignment.name,
        published=assignment.published,
        anonymous=assignment.anonymous,
        criteria=len(assignment.rubric.criteria) if assignment.rubric else 0,
        matching=matching_criteria(assignment, uses),
        rated=sum(
            any((assignment.ref, given.criterion_ref) in uses for given in scores.given)
            for scores in reading.scores
        ),
        linked=linked,
    )


def _foreign(desk: ScoreDesk) -> tuple[ForeignOutcome, ...]:
    """By title; an outcome on several rubrics is asked about once."""
    names = {one.assignment.ref: one.assignment.name for one in desk.readings}
    titles: dict[LmsOutcomeRef, str] = {}
    places: dict[LmsOutcomeRef, list[str]] = {}
    for (assignment_ref, _), criterion in desk.criteria.foreign.items():
        if criterion.outcome_ref is not None:
            titles.setdefault(criterion.outcome_ref, criterion.title)
            places.setdefault(criterion.outcome_ref, []).append(names[assignment_ref])
    found = (ForeignOutcome(ref, titles[ref], _once(places[ref])) for ref in titles)
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.ref)))


def _mapped(unit: UnitOfWork, one: ScoreImport, desk: ScoreDesk) -> tuple[MappedOutcome, ...]:
    refs = {
        criterion.outcome_ref
        for reading in desk.readings
        for criterion in (reading.assignment.rubric.criteria if reading.assignment.rubric else ())
        if criterion.outcome_ref is not None
    }
    known = unit.publications.of_outcomes(one.site_id, sorted(refs))
    return tuple(
        MappedOutcome(each.outcome_ref, each.content.title, each.slo_id)
        for each in known
        if each.mapped and each.live
    )


def _slos(place: Workplace) -> tuple[SloOption, ...]:
    rows = {row.id: row for row in place.rubric.rows}
    by_slo = rows_by_slo(place.rubric)
    return tuple(SloOption(slo, _label(rows[row_id])) for slo, row_id in by_slo.items())


def _label(row: Criterion) -> str:
    return row.title if row.code == row.title else f"{row.code} {row.title}"


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
