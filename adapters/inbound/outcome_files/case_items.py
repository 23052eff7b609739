"""What a CASE item says of an SLO, and an item that says what the SLO says now."""

from dataclasses import dataclass

from adapters.inbound.outcome_files.case_ids import Json, text_of
from domain.outcomes.content import clipped
from domain.slo import Slo


@dataclass(frozen=True, slots=True)
class ItemWords:
    """`code` empty: the item has none, so its identifier stands in."""

    code: str
    alternatives: tuple[str, ...]
    """Codes of ours where another SLO has this one already."""
    title: str
    statement: str


def words_of(item: Json) -> ItemWords:
    identifier = text_of(item.get("identifier"))
    statement = text_of(item.get("fullStatement"))
    code = " ".join(text_of(item.get("humanCodingScheme")).split())
    title = clipped(text_of(item.get("abbreviatedStatement")) or statement)
    short = identifier[:8]
    if not code:
        return ItemWords(f"CASE {short}", (f"CASE {identifier}",), title, statement)
    others = f"{code} ({short})", f"{code} ({identifier})"
    return ItemWords(code, others, title, statement)


def item_saying(item: Json, slo: Slo, changed_at: str) -> Json:
    """The item with what was edited here since it came; untouched where nothing was."""
    words = words_of(item)
    edited: Json = {}
    if slo.statement != words.statement:
        edited["fullStatement"] = slo.statement
    if slo.title != words.title:
        edited["abbreviatedStatement"] = slo.title
    if slo.code not in {words.code, *words.alternatives}:
        edited["humanCodingScheme"] = slo.code
    return {**item, **edited, "lastChangeDateTime": changed_at} if edited else item
