"""Outcomes, their folders and links: what each account and course has, and how it changes."""

from collections.abc import Iterator
from typing import TypeAlias

from sandbox.canvas.outcome_alignments import Alignments, ContextKey
from sandbox.canvas.outcome_records import Outcome, OutcomeGroup, OutcomeLink
from sandbox.canvas.records import Account, Course
from sandbox.canvas.state import State

Context: TypeAlias = Course | Account


class LastLinkOfAligned(Exception):
    """The last link of an outcome that a rubric uses; Canvas keeps it."""


def key_of(context: Context) -> ContextKey:
    return ("Course" if isinstance(context, Course) else "Account", context.id)


def owner_key(row: Outcome | OutcomeGroup) -> ContextKey:
    return (row.context_type, row.context_id)


def context_of(state: State, key: ContextKey) -> Context:
    kind, number = key
    return state.courses[number] if kind == "Course" else state.accounts[number]


def chain_of(state: State, context: Context) -> list[ContextKey]:
    """The context itself and the accounts above it: whose outcomes it may show."""
    above = context.account_id if isinstance(context, Course) else context.id
    own: list[ContextKey] = [key_of(context)] if isinstance(context, Course) else []
    return own + [("Account", account.id) for account in state.account_chain(above)]


def root_group(state: State, context: Context) -> OutcomeGroup:
    """The one root folder of a context, made when it is first asked for."""
    rows = state.outcome_groups_in(*key_of(context))
    found = next((row for row in rows if row.parent_id is None), None)
    return found or add_group(state, context, None, context.name, description="")


def add_group(
    state: State,
    context: Context,
    parent: OutcomeGroup | None,
    title: str,
    *,
    description: str | None = None,
    vendor_guid: str | None = None,
) -> OutcomeGroup:
    kind, number = key_of(context)
    group = OutcomeGroup(
        id=state.next_id("outcome_groups", 200),
        context_type=kind,
        context_id=number,
        parent_id=parent.id if parent else None,
        title=title,
        description=description,
        vendor_guid=vendor_guid,
    )
    state.outcome_groups[group.id] = group
    return group


def children_of(state: State, group: OutcomeGroup) -> list[OutcomeGroup]:
    rows = state.outcome_groups_in(*owner_key(group))
    return [row for row in rows if row.parent_id == group.id]


def with_descendants(state: State, group: OutcomeGroup) -> list[OutcomeGroup]:
    """The folder and all folders below it, parents first."""
    found = [group]
    for row in found:
        found.extend(children_of(state, row))
    return found


def links_into(state: State, group: OutcomeGroup) -> list[OutcomeLink]:
    return [row for row in state.links_in_group(group.id) if not row.deleted]


def links_in(state: State, context: Context) -> list[OutcomeLink]:
    """Every live link of a context, by id."""
    groups = state.outcome_groups_in(*key_of(context))
    return sorted(
        (link for group in groups for link in links_into(state, group)), key=lambda row: row.id
    )


def place_of(state: State, link: OutcomeLink) -> ContextKey:
    """The context of a link is that of its folder."""
    return owner_key(state.outcome_groups[link.group_id])


def live_links(
    state: State, outcome_id: int, place: ContextKey | None = None
) -> Iterator[OutcomeLink]:
    """The links of an outcome, all of them or those of one context."""
    for row in state.links_of_outcome(outcome_id):
        if not row.deleted and place in {None, place_of(state, row)}:
            yield row


def outcome_visible(state: State, context: Context, outcome_id: int) -> Outcome | None:
    """An outcome that the context may show: its own, or of an account above it."""
    outcome = state.outcomes.get(outcome_id)
    if outcome is None or outcome.deleted:
        return None
    return outcome if owner_key(outcome) in chain_of(state, context) else None


def link_into(state: State, group: OutcomeGroup, outcome_id: int) -> OutcomeLink:
    """Show an outcome in a folder; the link that is already there stays the same."""
    rows = state.links_of_outcome(outcome_id)
    link = next((row for row in rows if row.group_id == group.id), None)
    if link is None:
        link = OutcomeLink(state.next_id("outcome_links"), outcome_id, group.id)
        state.outcome_links[link.id] = link
    link.deleted = False
    return link


def link_into_root(state: State, course: Course, outcome_id: int) -> None:
    """Show an outcome in the course's root folder unless the course shows it already.

    Canvas: saving a rubric that binds an outcome adds this link.
    """
    if next(live_links(state, outcome_id, key_of(course)), None) is None:
        link_into(state, root_group(state, course), outcome_id)


def may_unlink(state: State, link: OutcomeLink, alignments: Alignments) -> bool:
    """Canvas: the last link in a context stays while the outcome is aligned.

    At home any alignment holds it, elsewhere only one in that context.
    """
    place = place_of(state, link)
    if any(row is not link for row in live_links(state, link.outcome_id, place)):
        return True
    return not _is_held(state, link.outcome_id, place, alignments)


def _is_held(state: State, outcome_id: int, place: ContextKey, alignments: Alignments) -> bool:
    at_home = owner_key(state.outcomes[outcome_id]) == place
    return alignments.aligned(outcome_id, None if at_home else place)


def unlink(state: State, link: OutcomeLink, alignments: Alignments) -> None:
    """Take an outcome out of a folder; without any link at home the outcome is deleted.

    Raises LastLinkOfAligned; then nothing has changed.
    """
    if not may_unlink(state, link, alignments):
        raise LastLinkOfAligned
    link.deleted = True
    home = owner_key(state.outcomes[link.outcome_id])
    if place_of(state, link) == home and not any(live_links(state, link.outcome_id, home)):
        delete_outcome(state, link.outcome_id)


def delete_outcome(state: State, outcome_id: int) -> None:
    """Delete an outcome, and with it the links that other contexts have to it."""
    state.outcomes[outcome_id].deleted = True
    for row in list(live_links(state, outcome_id)):
        row.deleted = True


def delete_group(state: State, group: OutcomeGroup, alignments: Alignments) -> None:
    """Delete a folder with all below it.

    Raises LastLinkOfAligned where a link must stay; then nothing has changed.
    """
    groups = with_descendants(state, group)
    inside = {row.id for row in groups}
    links = [link for row in groups for link in links_into(state, row)]
    place = owner_key(group)
    for outcome_id in {link.outcome_id for link in links}:
        elsewhere = any(row.group_id not in inside for row in live_links(state, outcome_id, place))
        if not elsewhere and _is_held(state, outcome_id, place, alignments):
            raise LastLinkOfAligned
    for link in links:
        unlink(state, link, alignments)
    for row in groups:
        row.deleted = True


def copy_group(
    state: State, source: OutcomeGroup, context: Context, parent: OutcomeGroup
) -> OutcomeGroup:
    """Repeat a folder with all below it under another one; its outcomes are linked, not copied."""
    above = {source.parent_id: parent}
    for row in with_descendants(state, source):
        outcome_ids = [link.outcome_id for link in links_into(state, row)]
        above[row.id] = add_group(
            state,
            context,
            above[row.parent_id],
            row.title,
            description=row.description,
            vendor_guid=row.vendor_guid,
        )
        for outcome_id in outcome_ids:
            link_into(state, above[row.id], outcome_id)
    return above[source.id]
