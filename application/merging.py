"""Moving what one record of a person owns to the other one, now and after later loads."""

from dataclasses import replace

from application.later import imported_later
from application.ports.unit_of_work import UnitOfWork
from domain.ids import PersonId

with imported_later(__name__):
    from domain.person_merge import Moved, PersonMerge, Plans, plan_merges


def plans_for(unit: UnitOfWork, gone_id: PersonId, kept_id: PersonId) -> Plans:
    return plan_merges(unit.merges.belongings, gone_id, kept_id)


def carry_out(unit: UnitOfWork, plans: Plans) -> tuple[Moved, ...]:
    for kind, plan in plans.items():
        before = [move.before for move in plan.moves]
        after = [move.after for move in plan.moves]
        before += [move.swap[0] for move in plan.moves if move.swap]
        after += [move.swap[1] for move in plan.moves if move.swap]
        unit.merges.replace(kind, before, after)
    return tuple(move.noted() for plan in plans.values() for move in plan.moves)


def merge_again(unit: UnitOfWork) -> int:
    """Bring over what loads gave to people who were merged; returns how many records.

    A roster goes on naming both records of a person. To be called in the unit of whatever
    stored a roster. What contradicts stays where it is.
    """
    merges = unit.merges.standing()
    people = unit.roster.people(merge.gone_id for merge in merges)
    awake = [merge for merge in merges if people[merge.gone_id].active]
    unit.roster.put_people(replace(people[merge.gone_id], active=False) for merge in awake)
    return sum(_again(unit, merge) for merge in awake)


def _again(unit: UnitOfWork, merge: PersonMerge) -> int:
    moved = carry_out(unit, plans_for(unit, merge.gone_id, merge.kept_id))
    known = {(one.kind, one.key) for one in moved}
    before = tuple(one for one in merge.moved if (one.kind, one.key) not in known)
    unit.merges.put_merge(replace(merge, moved=(*before, *moved)))
    return len(moved)
