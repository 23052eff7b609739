"""One student's released results over time, SLO by SLO."""

from dataclasses import dataclass, field

from application.ports.unit_of_work import UnitOfWork
from application.queries.portfolio.portfolio_items import ResultLine, line_of
from application.released import Released, released_results
from domain.ids import PersonId
from domain.rostering import Person


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    term: str
    course: str
    assessment: str
    line: ResultLine


@dataclass(slots=True)
class SloHistory:
    """One SLO as it was worded last; `entries` from the oldest term to the newest."""

    code: str
    title: str
    entries: list[ProfileEntry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StudentProfile:
    person: Person
    slos: tuple[SloHistory, ...]


def profile_of(unit: UnitOfWork, person_id: PersonId) -> StudentProfile:
    """By SLO code. Raises NotFound."""
    person = unit.roster.person(person_id)
    found: dict[str, SloHistory] = {}
    for result in reversed(released_results(unit, person_id).values()):
        for reached in result.rows:
            key = reached.row.slo_ids[0] if reached.row.slo_ids else reached.row.id
            history = found.setdefault(key, SloHistory(reached.row.code, reached.row.title))
            history.code, history.title = reached.row.code, reached.row.title
            history.entries.append(_entry(result, line_of(reached)))
    slos = sorted(found.values(), key=lambda one: (one.code, one.title))
    return StudentProfile(person, tuple(slos))


def _entry(result: Released, line: ResultLine) -> ProfileEntry:
    place = result.place
    return ProfileEntry(place.term.name, place.course.code, place.assessment.name, line)
