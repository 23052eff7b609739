"""From Canvas' payloads about outcomes to what the ports speak of, and back; pure."""

from collections.abc import Iterable
from decimal import Decimal

from adapters.outbound.canvas.outcome_payloads import (
    FolderPayload,
    LinkPayload,
    OutcomePayload,
    UnitPayload,
)
from adapters.outbound.canvas.payloads import RawId
from adapters.rich_text import html_of, text_of
from application.errors import LmsSpokeNonsense
from application.ports.lms_outcomes import LmsUnit
from domain.ids import LmsAccountRef, LmsFolderRef, LmsOutcomeRef
from domain.outcomes.content import Calculation, OutcomeContent, OutcomeScale, Rating
from domain.outcomes.found import FoundFolder, FoundLink, FoundOutcome, OutcomePlace
from domain.outcomes.sync_plan import FolderWish

_UNSAID_METHOD = "highest"
"""Canvas counts an outcome without a method so."""


def unit_from(payload: UnitPayload) -> LmsUnit:
    parent = payload.parent_account_id
    return LmsUnit(
        ref=account_ref(payload.id),
        name=payload.name or "",
        parent_ref=None if parent is None else account_ref(parent),
        sis_id=payload.sis_account_id or None,
    )


def account_ref(raw: RawId) -> LmsAccountRef:
    return LmsAccountRef(str(raw))


def parents_first(units: Iterable[LmsUnit]) -> list[LmsUnit]:
    """Each account once, and none before the one above it."""
    waiting = {unit.ref: unit for unit in units}
    ordered: list[LmsUnit] = []
    while waiting:
        ready = [unit for unit in waiting.values() if unit.parent_ref not in waiting]
        if not ready:
            raise LmsSpokeNonsense("Canvas' accounts lie in a circle.")
        ordered += ready
        for unit in ready:
            del waiting[unit.ref]
    return ordered


def folder_from(payload: FolderPayload) -> FoundFolder:
    parent = payload.parent_outcome_group
    return FoundFolder(
        ref=LmsFolderRef(str(payload.id)),
        guid=payload.vendor_guid or "",
        title=payload.title or "",
        description=text_of(payload.description),
        parent_ref=None if parent is None else LmsFolderRef(str(parent.id)),
    )


def outcomes_from(place: OutcomePlace, links: Iterable[LinkPayload]) -> tuple[FoundOutcome, ...]:
    """Each outcome once, with all folders that show it."""
    shown: dict[str, tuple[OutcomePayload, list[FoundLink]]] = {}
    for link in links:
        _, found = shown.setdefault(str(link.outcome.id), (link.outcome, []))
        found.append(link_from(link))
    return tuple(outcome_from(place, outcome, found) for outcome, found in shown.values())


def link_from(payload: LinkPayload) -> FoundLink:
    """Canvas refuses by itself what it did not say that it would refuse."""
    return FoundLink(LmsFolderRef(str(payload.outcome_group.id)), payload.can_unlink is not False)


def outcome_from(
    place: OutcomePlace, payload: OutcomePayload, links: Iterable[FoundLink]
) -> FoundOutcome:
    home = (payload.context_type or "").lower(), str(payload.context_id)
    return FoundOutcome(
        ref=LmsOutcomeRef(str(payload.id)),
        guid=payload.vendor_guid or "",
        content=_content(payload),
        assessed=payload.assessed,
        editable=payload.can_edit,
        owned=home == (place.kind.value, place.ref),
        links=tuple(links),
    )


def hides_scale(payload: OutcomePayload) -> bool:
    """Whether the account's mastery scale stands in place of the outcome's own ratings."""
    ratings = payload.ratings
    return ratings is None or any(rating.color is not None for rating in ratings)


def _content(payload: OutcomePayload) -> OutcomeContent:
    return OutcomeContent(
        title=payload.title or "",
        display_name=payload.display_name or "",
        description=text_of(payload.description),
        scale=None if hides_scale(payload) else _scale(payload),
    )


def _scale(payload: OutcomePayload) -> OutcomeScale:
    """Canvas: without mastery points, an outcome is mastered at its highest rating."""
    ratings = sorted(
        (Rating(one.points or Decimal(0), one.description or "") for one in payload.ratings or ()),
        key=lambda rating: -rating.points,
    )
    highest = ratings[0].points if ratings else Decimal(0)
    mastery = payload.mastery_points
    method = payload.calculation_method or _UNSAID_METHOD
    return OutcomeScale(
        ratings=tuple(ratings),
        mastery_points=highest if mastery is None else mastery,
        calculation=Calculation(method, payload.calculation_int),
    )


def outcome_body(content: OutcomeContent) -> dict[str, object]:
    """The JSON of one outcome.

    Ratings and mastery points go together, since Canvas makes the highest rating the threshold
    of ratings that come alone; a number goes only with a method that takes one.
    """
    body: dict[str, object] = {
        "title": content.title,
        "display_name": content.display_name,
        "description": html_of(content.description),
    }
    if content.scale is not None:
        body |= _scale_body(content.scale)
    return body


def _scale_body(scale: OutcomeScale) -> dict[str, object]:
    ratings = [{"description": one.description, "points": one.points} for one in scale.ratings]
    body: dict[str, object] = {
        "ratings": ratings,
        "mastery_points": scale.mastery_points,
        "calculation_method": scale.calculation.method,
    }
    if scale.calculation.number is not None:
        body["calculation_int"] = scale.calculation.number
    return body


def folder_form(wish: FolderWish) -> dict[str, str]:
    return {
        "title": wish.title,
        "description": html_of(wish.description),
        "vendor_guid": wish.guid,
    }
