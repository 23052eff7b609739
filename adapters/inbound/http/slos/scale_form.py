"""The rows of the form of a scale."""

from dataclasses import dataclass
from decimal import Decimal

from adapters.inbound.http.form_fields import FormFields
from application.errors import Invalid
from application.use_cases.slos.keep_scales import LevelDraft
from domain.score import plain


@dataclass(frozen=True, slots=True)
class TypedLevel:
    number: int
    points: str
    label: str
    mastery: str
    descriptor: str


def typed_levels(sent: FormFields) -> tuple[TypedLevel, ...]:
    numbers = sorted(int(one) for one in sent.after("points-") if one.isdecimal())
    return tuple(
        TypedLevel(
            number,
            sent.text(f"points-{number}").strip(),
            sent.text(f"label-{number}").strip(),
            sent.text(f"mastery-{number}"),
            sent.text(f"descriptor-{number}"),
        )
        for number in numbers
    )


def level_draft(row: TypedLevel) -> LevelDraft:
    """Raises Invalid for a level without points or label."""
    points: Decimal | None
    try:
        points = FormFields({"points": row.points}).number("points")
    except Invalid:
        points = None
    if points is None:
        raise Invalid("levels", f"'{row.label or row.points}' needs a number of points.")
    if not row.label:
        raise Invalid("levels", f"the level of {plain(points)} points needs a label.")
    return LevelDraft(points, row.label, row.descriptor, row.mastery)
