"""Which outcome or folder a row of an outcomes file means."""

import re
from collections import defaultdict
from typing import TypeVar

from sandbox.canvas.outcome_csv import Row, RowRefused, inspected
from sandbox.canvas.outcome_records import Outcome, OutcomeGroup, OutcomeImport
from sandbox.canvas.outcomes import Context, key_of, owner_key, root_group
from sandbox.canvas.state import State

Item = TypeVar("Item", Outcome, OutcomeGroup)
_OUTCOME = re.compile(r"canvas_outcome:(\d+)")
_GROUP = re.compile(r"canvas_outcome_group:(\d+)")


class Matching:
    """What there is by vendor_guid, and what the rows before have brought.

    Canvas: outcomes are found by guid in the whole installation, folders within their context.
    """

    def __init__(self, state: State, job: OutcomeImport) -> None:
        self._state = state
        self._job = job
        self._outcomes: dict[str, list[Outcome]] = defaultdict(list)
        self._groups: dict[str, list[OutcomeGroup]] = defaultdict(list)
        self._seen_outcomes: set[int] = set()
        self._seen_groups: dict[str, list[OutcomeGroup]] = defaultdict(list)
        for outcome in state.outcomes.values():
            self._outcomes[outcome.vendor_guid or ""].append(outcome)
        for group in state.outcome_groups.values():
            self._groups[group.vendor_guid or ""].append(group)

    def outcome(self, row: Row) -> Outcome | None:
        """The outcome of a row, also a deleted one; None is a new one. Raises RowRefused."""
        guid = row.given("vendor_guid")
        if match := _OUTCOME.search(guid):
            found = self._state.outcomes.get(int(match[1]))
            if found is None:
                canvas_id = row.text("canvas_id") or ""
                raise RowRefused(f'Outcome with canvas id "{canvas_id}" not found')
            return found
        return _active_first(self._outcomes[guid])

    def group(self, row: Row, context: Context) -> OutcomeGroup | None:
        guid = row.given("vendor_guid")
        here = [item for item in self._groups[guid] if owner_key(item) == key_of(context)]
        found = _active_first(here)
        match = _GROUP.search(guid)
        if found is not None or match is None:
            return found
        by_id = self._state.outcome_groups.get(int(match[1]))
        if by_id is None:
            canvas_id = row.text("canvas_id") or ""
            raise RowRefused(f"Outcome group with canvas id {canvas_id} not found")
        return by_id if owner_key(by_id) == key_of(context) else None

    def parents(self, row: Row, context: Context, *, anywhere: bool) -> list[OutcomeGroup]:
        """The folders that a row names; they must have come before it. Raises RowRefused."""
        guids = list(dict.fromkeys(row.given("parent_guids").split()))
        if not guids:
            return [self._default_parent(context)]
        found = {
            guid: [
                group
                for group in self._seen_groups.get(guid, [])
                if anywhere or owner_key(group) == key_of(context)
            ]
            for guid in guids
        }
        missing = [guid for guid, groups in found.items() if not groups]
        if missing:
            raise RowRefused(f"Parent references not found prior to this row: {inspected(missing)}")
        return [group for groups in found.values() for group in groups]

    def _default_parent(self, context: Context) -> OutcomeGroup:
        target = self.target
        return root_group(self._state, context) if target is None else target

    @property
    def target(self) -> OutcomeGroup | None:
        """The folder that the import was sent to; None is the root."""
        number = self._job.group_id
        return None if number is None else self._state.outcome_groups[number]

    def has_seen_outcome(self, outcome: Outcome) -> bool:
        return outcome.id in self._seen_outcomes

    def has_seen_group(self, group: OutcomeGroup) -> bool:
        return any(item is group for item in self._seen_groups.get(group.vendor_guid or "", []))

    def saw_outcome(self, outcome: Outcome) -> None:
        self._seen_outcomes.add(outcome.id)
        self._outcomes[outcome.vendor_guid or ""].append(outcome)

    def saw_group(self, group: OutcomeGroup) -> None:
        self._seen_groups[group.vendor_guid or ""].append(group)
        self._groups[group.vendor_guid or ""].append(group)


def _active_first(rows: list[Item]) -> Item | None:
    return next((row for row in rows if not row.deleted), next(iter(rows), None))
