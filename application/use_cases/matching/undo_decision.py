"""Take a decision of the identity console back, while nothing rests on it."""

from dataclasses import dataclass, replace

from application.errors import Conflict, Invalid
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.matching.matching_queue import reopened
from domain.audit import Deed
from domain.belonging import Belonging, BelongingKind, key_of, owned_by, version_of
from domain.ids import MatchingDecisionId, PersonId
from domain.matching_case import MatchingDecision, Verdict
from domain.person_merge import Moved, PersonMerge


@dataclass(frozen=True, slots=True)
class UndoDecision:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, decision_id: MatchingDecisionId, actor: str) -> MatchingDecision:
        """The case waits again; a merge comes apart as it was.

        Raises:
            NotFound: no such decision.
            Invalid: it was undone before.
            Conflict: something came to rest on it since.
        """
        with self.units() as unit:
            decision = unit.matching.decision(decision_id)
            if not decision.stands:
                raise Invalid("decision", "this decision was undone already.")
            match decision.verdict:
                case Verdict.PERSON:
                    _forget(unit, decision)
                case Verdict.MERGED:
                    self._part(unit, unit.merges.merge(decision.id))
                case Verdict.DISMISSED:
                    pass
            _wait_again(unit, decision)
            now = self.clock.now()
            undone = replace(decision, undone_by=actor, undone_at=now)
            unit.matching.put_decision(undone)
            subject = f"matching-decision:{decision.id}"
            unit.audit.record(Deed(actor, "undid", subject, decision.verdict, now))
            unit.commit()
        return undone

    def _part(self, unit: UnitOfWork, merge: PersonMerge) -> None:
        if unit.merges.merged_into([merge.kept_id]):
            raise Conflict("The person who stayed was merged into another one since.")
        for kind in BelongingKind:
            moved = [one for one in merge.moved if one.kind is kind]
            if moved:
                _give_back(unit, kind, merge, moved)
        gone = unit.roster.person(merge.gone_id)
        unit.roster.put_people([replace(gone, active=merge.was_active)])
        unit.merges.put_merge(replace(merge, undone_at=self.clock.now()))


def _forget(unit: UnitOfWork, decision: MatchingDecision) -> None:
    """What was remembered before the decision is remembered again."""
    records = [unit.identities.launch(launch_id) for launch_id in decision.launch_ids]
    platform, user = records[0].platform, records[0].lms_user_id
    known = unit.identities.known(platform, user)
    decided = known and (known.person_id, known.matched_at)
    if decided != (decision.person_id, decision.decided_at):
        raise Conflict("This LMS user was decided or merged anew since; undo that first.")
    if decision.before is not None:
        unit.identities.remember(decision.before)
    else:
        unit.matching.forget_identity(platform, user)


def _wait_again(unit: UnitOfWork, decision: MatchingDecision) -> None:
    for launch_id in decision.launch_ids:
        unit.identities.log(reopened(unit.identities.launch(launch_id)))


def _give_back(
    unit: UnitOfWork, kind: BelongingKind, merge: PersonMerge, moved: list[Moved]
) -> None:
    held = {key_of(kind, one): one for one in unit.merges.belongings(kind, merge.kept_id)}
    left = {key_of(kind, one): one for one in unit.merges.belongings(kind, merge.gone_id)}
    before: list[Belonging] = []
    after: list[Belonging] = []
    for one in moved:
        stands = held.get(one.key)
        if stands is None or version_of(stands) != one.version:
            raise Conflict(f"A {kind} that was moved was changed since, so the merge must stay.")
        before.append(stands)
        after.append(owned_by(kind, stands, merge.gone_id))
        if one.swapped and one.key in left:
            before.append(left[one.key])
            after.append(owned_by(kind, left[one.key], PersonId(merge.kept_id)))
    unit.merges.replace(kind, before, after)
