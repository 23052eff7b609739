"""Outcomes, their folders and links as Canvas shows them."""

from typing import Any

from sandbox.canvas.call import Call
from sandbox.canvas.mastery_scales import DEFAULT_METHOD, DEFAULT_NUMBER, scale_of
from sandbox.canvas.outcome_alignments import Alignments, ContextKey
from sandbox.canvas.outcome_records import Outcome, OutcomeGroup, OutcomeLink, ProficiencyRating
from sandbox.canvas.outcome_rules import points_possible, takes_number
from sandbox.canvas.outcomes import Context, context_of, may_unlink, owner_key, place_of
from sandbox.canvas.rich_text import as_shown

FULL, ABBREV = "full", "abbrev"


def path_of(key: ContextKey) -> str:
    kind, number = key
    return f"/api/v1/{kind.lower()}s/{number}"


def group_json(call: Call, group: OutcomeGroup, style: str = FULL) -> dict[str, Any]:
    """A folder; whatever is not the abbreviated style is the full one."""
    key = owner_key(group)
    url = f"{path_of(key)}/outcome_groups/{group.id}"
    shown: dict[str, Any] = {
        "id": group.id,
        "title": group.title,
        "vendor_guid": group.vendor_guid,
        "url": url,
        "subgroups_url": f"{url}/subgroups",
        "outcomes_url": f"{url}/outcomes",
        "can_edit": call.can("manage_outcomes", context_of(call.state, key)),
    }
    if style == ABBREV:
        return shown
    shown["import_url"] = f"{url}/import"
    if group.parent_id is not None:
        parent = call.state.outcome_groups[group.parent_id]
        shown["parent_outcome_group"] = group_json(call, parent, ABBREV)
    description = as_shown(group.description, call.base)
    kind, number = key
    return shown | {"context_id": number, "context_type": kind, "description": description}


def outcome_json(
    call: Call,
    outcome: Outcome,
    alignments: Alignments,
    style: str = FULL,
    scale_context: Context | None = None,
) -> dict[str, Any]:
    """An outcome. While mastery scales are on, its own levels are hidden.

    Then the levels are those of the scale of `scale_context`, and absent without one.
    """
    owner = context_of(call.state, owner_key(outcome))
    shown: dict[str, Any] = {
        "id": outcome.id,
        "context_id": outcome.context_id,
        "context_type": outcome.context_type,
        "vendor_guid": outcome.vendor_guid,
        "display_name": outcome.display_name,
        "title": outcome.title,
        "url": f"/api/v1/outcomes/{outcome.id}",
        "can_edit": call.can("manage_outcomes", owner),
        "has_updateable_rubrics": alignments.has_updateable_rubrics(outcome.id),
    }
    if style == ABBREV:
        return shown
    shown["description"] = as_shown(outcome.description, call.base)
    shown["friendly_description"] = None
    shown |= _levels(call, outcome, scale_context)
    return shown | {"assessed": alignments.assessed(outcome.id)}


def _levels(call: Call, outcome: Outcome, scale_context: Context | None) -> dict[str, Any]:
    if not call.state.switches.account_level_mastery_scales:
        return _own_levels(outcome)
    return {} if scale_context is None else _scale_levels(scale_of(call.state, scale_context))


def _own_levels(outcome: Outcome) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "points_possible": points_possible(outcome),
        "mastery_points": outcome.mastery_points,
        "ratings": [
            {"description": row.description, "points": row.points} for row in outcome.ratings
        ],
        "calculation_method": outcome.calculation_method or "highest",
    }
    if takes_number(outcome.calculation_method):
        shown["calculation_int"] = outcome.calculation_int
    return shown


def _scale_levels(scale: list[ProficiencyRating]) -> dict[str, Any]:
    return {
        "points_possible": scale[0].points,
        "mastery_points": next(row.points for row in scale if row.mastery),
        "ratings": [rating_json(row) for row in scale],
        "calculation_method": DEFAULT_METHOD,
        "calculation_int": DEFAULT_NUMBER,
    }


def rating_json(row: ProficiencyRating) -> dict[str, Any]:
    return {
        "description": row.description,
        "points": row.points,
        "mastery": row.mastery,
        "color": row.color,
    }


def link_json(
    call: Call,
    link: OutcomeLink,
    alignments: Alignments,
    styles: tuple[str, str] = (ABBREV, ABBREV),
    scale_context: Context | None = None,
) -> dict[str, Any]:
    """A link in the (outcome, folder) styles; it has no id, and a deleted one no `can_unlink`."""
    place = place_of(call.state, link)
    kind, number = place
    group = call.state.outcome_groups[link.group_id]
    outcome = call.state.outcomes[link.outcome_id]
    shown: dict[str, Any] = {
        "context_id": number,
        "context_type": kind,
        "url": f"{path_of(place)}/outcome_groups/{group.id}/outcomes/{outcome.id}",
        "outcome_group": group_json(call, group, styles[1]),
        "outcome": outcome_json(call, outcome, alignments, styles[0], scale_context),
    }
    if not link.deleted:
        manages = call.can("manage_outcomes", context_of(call.state, place))
        shown["can_unlink"] = manages and may_unlink(call.state, link, alignments)
    return shown | {"assessed": alignments.assessed(outcome.id, place)}
