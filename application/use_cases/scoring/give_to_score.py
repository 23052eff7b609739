"""Give the work of a section to somebody who does not teach there, and take it back."""

from dataclasses import dataclass
from datetime import datetime

from application.errors import Invalid, NotFound
from application.only_one import only_one
from application.planning.keeping import reached
from application.ports.runtime import Clock, NewSecret
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.roles import take_effect
from application.viewers import Viewer
from application.workplace import Workplace
from domain.assessment import AssessmentKind
from domain.audit import Deed
from domain.evaluation import Evaluator, Scoring, seated
from domain.identity import LocalField
from domain.ids import PersonId, SectionAssessmentId
from domain.rostering import EnrolmentRole, Person
from domain.score import Blank


@dataclass(frozen=True, slots=True)
class GiveToScoreCommand:
    """`person` is a Tech ID, login or email address, as people type it."""

    viewer: Viewer
    work_id: SectionAssessmentId
    person: str
    scoring: Scoring
    hides_names: bool


@dataclass(frozen=True, slots=True)
class GiveToScore:
    """Giving again changes the terms. Whoever is given work may act as an evaluator at once.

    Raises:
        NotFound: neither taught nor kept by the viewer.
        Invalid: nobody or several have that name, or the person teaches or studies there.
        IllegalMove: the person has scored there, in the other way of scoring.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_secret: NewSecret

    def __call__(self, command: GiveToScoreCommand) -> Evaluator:
        now = self.clock.now()
        with self.units() as unit:
            place = reached(unit, command.viewer, command.work_id)
            person = _person(unit, command.person)
            _require_outsider(unit, place, person)
            _require_kind(place, command)
            stored = unit.evaluations.evaluator(place.work.id, person.id)
            wanted = self._wanted(unit, place, command, person, stored, now)
            if wanted == stored:
                return stored
            saved = unit.evaluations.save_evaluator(wanted)
            take_effect(unit, person.id, now)
            details = f"{person.id}, {command.scoring}{', nameless' * command.hides_names}"
            deed = Deed(command.viewer.actor, "gave to score", place.work.id, details, now)
            unit.audit.record(deed)
            unit.commit()
        return saved

    def _wanted(
        self,
        unit: UnitOfWork,
        place: Workplace,
        command: GiveToScoreCommand,
        person: Person,
        stored: Evaluator | None,
        now: datetime,
    ) -> Evaluator:
        if stored is not None:
            scored = _has_scored(unit, stored)
            hides = command.hides_names
            return stored.given_again(command.scoring, hides_names=hides, scored=scored)
        seed = self.new_secret()
        students = unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)
        return Evaluator(
            place.work.id,
            person.id,
            command.scoring,
            command.hides_names,
            seed,
            seated(seed, (student.id for student in students)),
            command.viewer.actor,
            now,
            None,
            0,
        )


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The person sees the work no more; what was scored stays. Twice changes nothing.

    Raises:
        NotFound: neither taught nor kept by the viewer, or not given to that person.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(
        self, viewer: Viewer, work_id: SectionAssessmentId, person_id: PersonId
    ) -> Evaluator:
        now = self.clock.now()
        with self.units() as unit:
            place = reached(unit, viewer, work_id)
            stored = unit.evaluations.evaluator(place.work.id, person_id)
            if stored is None:
                raise NotFound("This evaluator")
            if not stored.active:
                return stored
            saved = unit.evaluations.save_evaluator(stored.withdrawn(now))
            take_effect(unit, person_id, now)
            unit.audit.record(Deed(viewer.actor, "took back from", work_id, person_id, now))
            unit.commit()
        return saved


def _person(unit: UnitOfWork, name: str) -> Person:
    wanted = name.strip()
    found: dict[PersonId, Person] = {}
    for field in LocalField:
        people = unit.roster.people_where(field, wanted) if wanted else []
        found |= {person.id: person for person in people if person.active}
    by = "Tech ID, login or email address"
    return only_one("person", wanted, tuple(found.values()), "active person", by)


def _require_outsider(unit: UnitOfWork, place: Workplace, person: Person) -> None:
    if unit.roster.is_enrolled(person.id, place.section.id, EnrolmentRole.TEACHER):
        raise Invalid(
            "person", "this person teaches the section, so may score there without being asked."
        )
    if unit.roster.is_enrolled(person.id, place.section.id, EnrolmentRole.STUDENT):
        raise Invalid("person", "this person is a student of the section.")


def _require_kind(place: Workplace, command: GiveToScoreCommand) -> None:
    collective = place.assessment.kind is AssessmentKind.COLLECTIVE
    if collective and command.scoring is Scoring.SECOND:
        raise Invalid("scoring", "counts name no student, so they cannot be compared.")


def _has_scored(unit: UnitOfWork, evaluator: Evaluator) -> bool:
    work_id, person_id = evaluator.section_assessment_id, evaluator.person_id
    if evaluator.is_second:
        given = unit.evaluations.of_scorer(work_id, person_id)
        return any(not isinstance(score.value, Blank) for score in given)
    return any(score.scored_by == person_id for score in unit.scores.of_work(work_id))
