"""Put a case of the queue aside, with the reason, until what it shows is another thing."""

from dataclasses import dataclass, replace

from application.duplicates import duplicate
from application.errors import Invalid
from application.launch_cases import why_of
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.audit import Deed
from domain.ids import LaunchId, MatchingDecisionId
from domain.matching_case import (
    CaseKind,
    MatchingDecision,
    Verdict,
    kind_of,
    people_of,
    people_subject,
    user_subject,
)

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class DismissCaseCommand:
    """`case_id` is that of a launch, or the subject of people who share a value."""

    actor: str
    case_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class DismissCase:
    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: DismissCaseCommand) -> MatchingDecision:
        """Raises: NotFound, no such case; Invalid, no reason, or it does not wait."""
        reason = command.reason.strip()
        if not 0 < len(reason) <= _LONGEST:
            raise Invalid(
                "reason", f"say in up to {_LONGEST} characters why nothing is to be done."
            )
        with self.units() as unit:
            decision = replace(self._decision(unit, command), reason=reason)
            unit.matching.put_decision(decision)
            details = f"decision {decision.id}"
            case = f"matching:{decision.subject}"
            deed = Deed(command.actor, "dismissed", case, details, decision.decided_at)
            unit.audit.record(deed)
            unit.commit()
        return decision

    def _decision(self, unit: UnitOfWork, command: DismissCaseCommand) -> MatchingDecision:
        now, new = self.clock.now(), MatchingDecisionId(self.new_id())
        if people_of(command.case_id):
            found = duplicate(unit, command.case_id)
            return MatchingDecision(
                new, CaseKind.DUPLICATE, people_subject(one.id for one in found.people),
                Verdict.DISMISSED, None, "", found.shared, "", (), None, command.actor, now,
            )  # fmt: skip
        record = unit.identities.launch(LaunchId(command.case_id))
        if not record.queued or record.resolved_to is not None:
            raise Invalid("launch", "this launch does not wait for a decision.")
        closed = [record]
        if record.lms_user_id:
            closed = unit.matching.queued_of(record.platform, record.lms_user_id)
        for one in closed:
            unit.identities.log(replace(one, queued=False))
        return MatchingDecision(
            new, kind_of(record), user_subject(record.platform, record.lms_user_id),
            Verdict.DISMISSED, None, "", record.compared, why_of(record),
            tuple(one.id for one in closed), None, command.actor, now,
        )  # fmt: skip
