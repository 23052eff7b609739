"""Kept roll-ups that are not what the results of students say, of which there should be none."""

from collections.abc import Iterator

from application.ports.unit_of_work import UnitOfWork
from application.reporting.counted import climbing_of
from application.reporting.rolled import EVERY_ROLL_UP, rolling_up


def wrong_roll_ups(unit: UnitOfWork) -> Iterator[str]:
    """A sentence for each."""
    terms = {term.id: term.name for term in unit.roster.terms()}
    for one in rolling_up(unit, climbing_of(unit, EVERY_ROLL_UP)).wrong():
        (slo,) = unit.curriculum.slo_heads([one.slo_id])
        yield (
            f"{terms[one.term_id]}, SLO {slo.code}: what the SLOs below it bring is kept "
            "otherwise than the scores say."
        )
