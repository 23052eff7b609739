"""Rows of an outcomes file written into folders, outcomes and links, by Canvas' rules."""

import re
from dataclasses import fields

from sandbox.canvas.ids import local_id
from sandbox.canvas.outcome_alignments import Alignments, ContextKey
from sandbox.canvas.outcome_csv import Breakdown, Row, RowRefused, inspected
from sandbox.canvas.outcome_matching import Matching
from sandbox.canvas.outcome_merging import (
    blank_outcome,
    changed_attributes,
    merged,
    shown_differently,
)
from sandbox.canvas.outcome_records import Outcome, OutcomeGroup, OutcomeImport
from sandbox.canvas.outcome_rules import LONGEST, violations
from sandbox.canvas.outcomes import (
    Context,
    LastLinkOfAligned,
    add_group,
    chain_of,
    context_of,
    delete_group,
    delete_outcome,
    key_of,
    link_into,
    live_links,
    owner_key,
    place_of,
    with_descendants,
)
from sandbox.canvas.records import Account
from sandbox.canvas.rich_text import sanitised
from sandbox.canvas.state import State

_SPACE = re.compile(r"[ \t\r\n\f\v]")
_OUTCOME_ONLY = ("calculation_method", "calculation_int")


class OutcomeImporter:
    """One import. `changed` is the outcomes whose rubrics are to follow them."""

    def __init__(self, state: State, job: OutcomeImport) -> None:
        self._state = state
        self._context = context_of(state, (job.context_type, job.context_id))
        self._matching = Matching(state, job)
        self._alignments = Alignments(state)
        self.changed: set[int] = set()

    def take(self, row: Row) -> None:
        """Write one row. Raises RowRefused, and then the row has no effect; Breakdown."""
        for name in ("vendor_guid", "title"):
            if not row.given(name):
                raise RowRefused(f'The "{name}" field is required')
        if _SPACE.search(row.given("vendor_guid")):
            raise RowRefused('The "vendor_guid" field must have no spaces')
        if row.text("workflow_state") not in {None, "", "active", "deleted"}:
            raise RowRefused('"workflow_state" must be either "active" or "deleted"')
        match row.text("object_type"):
            case "outcome":
                self._take_outcome(row)
            case "group":
                self._take_group(row)
            case other:
                raise RowRefused(f'Invalid object_type: "{other or ""}"')

    def _take_group(self, row: Row) -> None:
        invalid = [name for name in _OUTCOME_ONLY if row.given(name)]
        invalid += ["ratings"] if row.ratings else []
        if invalid:
            raise RowRefused(f"Invalid fields for a group: {inspected(invalid)}")
        context = self._context_of_group(row)
        group = self._matching.group(row, context)
        self._refuse_cycle(row, group)
        parents = self._matching.parents(row, context, anywhere=False)
        if len(parents) > 1:
            raise RowRefused("An outcome group can only have one parent")
        if group is not None and self._matching.has_seen_group(group):
            guid = row.text("vendor_guid")
            raise RowRefused(f'Group "{guid}" has already appeared in this import')
        title = row.text("title") or ""
        if len(title) > LONGEST:
            raise RowRefused(f"Title is too long (maximum is {LONGEST} characters)")
        self._save_group(row, group or add_group(self._state, context, parents[0], title), parents)

    def _context_of_group(self, row: Row) -> Context:
        """The importing context; with a `course_id`, that course below it."""
        number = row.given("course_id")
        if not number:
            return self._context
        if not isinstance(self._context, Account):
            raise RowRefused("Cannot import to other courses")
        course = self._state.courses.get(local_id(number) or 0)
        if course is None:
            raise RowRefused(f"Course with canvas id {number} not found")
        if key_of(self._context) not in chain_of(self._state, course):
            name = self._context.name
            raise RowRefused(f"Target course {number} is not a child of current account ({name})")
        return course

    def _refuse_cycle(self, row: Row, group: OutcomeGroup | None) -> None:
        target = self._matching.target
        if group is None or target is None:
            return
        if any(item is target for item in with_descendants(self._state, group)):
            guid = row.text("vendor_guid")
            raise RowRefused(f"Cyclic reference detected when importing: {guid}")

    def _save_group(self, row: Row, group: OutcomeGroup, parents: list[OutcomeGroup]) -> None:
        group.vendor_guid, group.title = row.text("vendor_guid"), row.text("title") or ""
        group.description = sanitised(row.text("description") or "")
        group.deleted = False
        if group.parent_id is not None:
            group.parent_id = parents[0].id
        self._matching.saw_group(group)
        if row.given("workflow_state") == "deleted":
            try:
                delete_group(self._state, group, self._alignments)
            except LastLinkOfAligned as error:
                raise Breakdown from error

    def _take_outcome(self, row: Row) -> None:
        if row.given("course_id"):
            raise RowRefused(f"Invalid fields for an outcome: {inspected(['course_id'])}")
        prior = self._matching.outcome(row)
        here = key_of(self._context)
        if prior is not None and owner_key(prior) not in chain_of(self._state, self._context):
            raise RowRefused(_unrelated(row, context_of(self._state, owner_key(prior))))
        anywhere = "course_id" in row.cells
        parents = self._matching.parents(row, self._context, anywhere=anywhere)
        if prior is not None and self._matching.has_seen_outcome(prior):
            guid = row.text("vendor_guid")
            raise RowRefused(f'Outcome "{guid}" has already appeared in this import')
        outcome = merged(prior or blank_outcome(here), row, self._state.switches)
        if prior is None or owner_key(prior) == here:
            prior = self._save_outcome(prior, outcome)
        elif changed := changed_attributes(prior, outcome):
            owner = context_of(self._state, owner_key(prior)).name
            raise RowRefused(
                f"Cannot modify outcome from another context: {inspected(changed)}; "
                f'outcome must be modified in "{owner}"'
            )
        wanted = [] if row.given("workflow_state") == "deleted" else parents
        self._place(prior, wanted, self._reach(prior, anywhere=anywhere))
        prior.friendly_description = row.given("friendly_description") or None

    def _save_outcome(self, prior: Outcome | None, outcome: Outcome) -> Outcome:
        wrong = violations(outcome)
        if wrong:
            raise RowRefused(*(f"{_human(name)} {message}" for name, message in wrong))
        outcome.description = sanitised(outcome.description)
        if prior is not None and shown_differently(prior, outcome):
            self.changed.add(outcome.id)
        if prior is None:
            outcome.id = self._state.next_id("outcomes", 311)
            prior = self._state.outcomes[outcome.id] = outcome
        for field in fields(Outcome):
            setattr(prior, field.name, getattr(outcome, field.name))
        self._matching.saw_outcome(prior)
        return prior

    def _place(self, outcome: Outcome, parents: list[OutcomeGroup], reach: set[ContextKey]) -> None:
        """Link the outcome into its parents and nowhere else.

        Canvas: links that an alignment holds in their context are kept silently. An outcome
        without a link left is deleted.
        """
        wanted = {group.id for group in parents}
        for group in parents:
            link_into(self._state, group, outcome.id)
        for link in list(live_links(self._state, outcome.id)):
            place = place_of(self._state, link)
            held = self._alignments.aligned(outcome.id, place)
            if link.group_id not in wanted and place in reach and not held:
                link.deleted = True
        if next(live_links(self._state, outcome.id), None) is None:
            delete_outcome(self._state, outcome.id)

    def _reach(self, outcome: Outcome, *, anywhere: bool) -> set[ContextKey]:
        """Where links that are not listed are taken away.

        Canvas: in the context that owns the outcome, even when another one imports it; with a
        `course_id` header in the importing account and all below it, except its own courses.
        """
        if not anywhere or not isinstance(self._context, Account):
            return {owner_key(outcome)}
        below = {row.id for row in self._state.account_tree(self._context.id)}
        courses = [row.id for row in self._state.courses.values() if row.account_id in below]
        accounts: set[ContextKey] = {("Account", number) for number in {self._context.id, *below}}
        return accounts | {("Course", number) for number in courses}


def _unrelated(row: Row, owner: Context) -> str:
    guid = row.text("vendor_guid")
    return (
        f"Outcome with ID {guid} already exists in another unrelated course or account "
        f"({owner.name})"
    )


def _human(attribute: str) -> str:
    return attribute.replace("_", " ").capitalize()
