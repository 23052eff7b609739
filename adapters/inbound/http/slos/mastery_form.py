"""The form of the mastery levels: its rows, and what was typed into them."""

from dataclasses import dataclass

from adapters.inbound.http.form_fields import FormFields
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.queries.slos.scale_list import ListedMastery, ScaleListView
from application.use_cases.slos.keep_mastery import MOST, MasteryDraft, SaveMasteryCommand

SPARE = 2
"""Empty rows below those that are there."""


@dataclass(frozen=True, slots=True)
class TypedMastery:
    number: int
    code: str
    name: str
    place: str
    known: bool
    held: bool


def mastery_rows(mastery: tuple[ListedMastery, ...]) -> tuple[TypedMastery, ...]:
    rows = [
        TypedMastery(n, one.level.code, one.level.name, str(n + 1), known=True, held=one.held)
        for n, one in enumerate(mastery)
    ]
    spare = min(SPARE, MOST - len(rows))
    rows += [
        TypedMastery(len(mastery) + n, "", "", "", known=False, held=False) for n in range(spare)
    ]
    return tuple(rows)


def typed_mastery(sent: FormFields, view: ScaleListView) -> tuple[TypedMastery, ...]:
    held = {one.level.code: one.held for one in view.mastery}
    numbers = sorted(int(one) for one in sent.after("code-") if one.isdecimal())
    return tuple(
        TypedMastery(
            number,
            code := sent.text(f"code-{number}").strip(),
            sent.text(f"name-{number}").strip(),
            sent.text(f"place-{number}").strip(),
            known=code in held,
            held=held.get(code, False),
        )
        for number in numbers
    )


def mastery_command(visit: Visit, sent: FormFields) -> SaveMasteryCommand:
    """In the order of their places; the threshold follows a code that was typed anew."""
    numbers = [one for one in sent.after("code-") if one.isdecimal()]
    placed = []
    for number in numbers:
        code, name = sent.text(f"code-{number}").strip(), sent.text(f"name-{number}").strip()
        if code or name:
            if sent.text(f"drop-{number}"):
                continue
            place = sent.number(f"place-{number}")
            if place is None:
                raise Invalid("levels", f"give '{name or code}' its place in the order.")
            placed.append((place, MasteryDraft(code, name)))
    placed.sort(key=lambda one: one[0])
    threshold = sent.text("threshold")
    if threshold.isdecimal() and threshold in numbers:
        threshold = sent.text(f"code-{threshold}").strip()
    return SaveMasteryCommand(visit.viewer, tuple(draft for _, draft in placed), threshold)
