"""Say what an outcome of somebody else's in the LMS means here."""

from dataclasses import dataclass, replace

from application.errors import Conflict, Invalid, NotFound
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.score_import.criterion_uses import rows_by_slo
from application.workplace import Workplace, taught
from domain.audit import Deed
from domain.ids import (
    LmsCourseRef,
    LmsOutcomeRef,
    PersonId,
    PublicationId,
    SectionAssessmentId,
    SiteId,
    SloId,
)
from domain.outcomes.content import OutcomeContent
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.outcomes.publication import Publication


@dataclass(frozen=True, slots=True)
class MapOutcomeCommand:
    """`slo_id` None takes the mapping back. `course_ref` is where the outcome was met."""

    person_id: PersonId
    work_id: SectionAssessmentId
    site_id: SiteId
    course_ref: LmsCourseRef
    outcome_ref: LmsOutcomeRef
    title: str
    slo_id: SloId | None


@dataclass(frozen=True, slots=True)
class MapOutcome:
    """A mapping holds for the whole site, so that it is declared once; the last one stands.

    It is read from and never written to. Its ratings are taken by their order.

    Raises:
        NotFound: the person does not teach the section.
        Invalid: the assessment has no such SLO.
        Conflict: the outcome is one of ours and means what it was sent for.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: MapOutcomeCommand) -> None:
        with self.units() as unit:
            place = taught(unit, command.person_id, command.work_id)
            mapped = _mapped(unit, command)
            changed = self._changed(unit, place, command, mapped)
            if changed is None or changed == mapped:
                return
            unit.publications.save([changed])
            deed = "mapped outcome" if changed.live else "unmapped outcome"
            subject = f"outcome:{command.site_id}:{command.outcome_ref}"
            details = f"slo:{changed.slo_id}"
            now = self.clock.now()
            unit.audit.record(Deed(command.person_id, deed, subject, details, now))
            unit.commit()

    def _changed(
        self,
        unit: UnitOfWork,
        place: Workplace,
        command: MapOutcomeCommand,
        mapped: Publication | None,
    ) -> Publication | None:
        if command.slo_id is None:
            return replace(mapped, live=False) if mapped else None
        if command.slo_id not in rows_by_slo(place.rubric):
            raise Invalid("slo", "choose one of the SLOs of this assessment.")
        slo = unit.outcomes.slos_by_id([command.slo_id]).get(command.slo_id)
        if slo is None:
            raise NotFound("This SLO")
        made = mapped or self._new(command, command.slo_id)
        return replace(made, slo_id=slo.id, slo_version=slo.version, live=True)

    def _new(self, command: MapOutcomeCommand, slo_id: SloId) -> Publication:
        title = command.title.strip()
        return Publication(
            id=PublicationId(self.new_id()),
            site_id=command.site_id,
            slo_id=slo_id,
            place=OutcomePlace(PlaceKind.COURSE, command.course_ref),
            work_id=None,
            guid=f"mapped:{command.outcome_ref}",
            generation=1,
            slo_version=1,
            outcome_ref=command.outcome_ref,
            content=OutcomeContent(title, title, "", None),
            meanings=(),
            live=True,
            mapped=True,
            sent_at=self.clock.now(),
            run_id=None,
            version=0,
        )


def _mapped(unit: UnitOfWork, command: MapOutcomeCommand) -> Publication | None:
    """The mapping of the outcome, in force or not. Raises Conflict for an outcome of ours."""
    found = unit.publications.of_outcomes(command.site_id, [command.outcome_ref])
    if any(not one.mapped for one in found):
        raise Conflict("This outcome was sent from here and means its own SLO.")
    return next(iter(found), None)
