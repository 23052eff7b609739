"""The form that defines an assessment: its fields as a definition, and a definition as fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeVar

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.improvement.question_form import (
    MOST,
    drawn_questions,
    numbers_after,
    question_fields,
    questions_in,
    rows_drawn,
)
from application.assessment_entries import AssessmentEntry, CriterionEntry, LevelEntry
from application.errors import Invalid
from application.queries.assessments.assessment_editor import EditorView
from domain.assessment import Assessment, AssessmentKind, Purpose
from domain.reflection import ReflectionTemplate
from domain.rubric import Criterion
from domain.scale import AssessmentScale
from domain.score import plain

FEWEST = 6
Kind = TypeVar("Kind", AssessmentKind, Purpose)


class DrawnLevel(NamedTuple):
    """One level of a criterion as the form holds it."""

    points: str
    label: str
    descriptor: str


@dataclass(frozen=True, slots=True)
class EditorModel:
    """The form as it was sent or as it is stored, with the one problem that stopped it."""

    view: EditorView
    sent: FormFields
    problem: Invalid | None = None

    @property
    def path(self) -> str:
        stored = self.view.stored
        return f"/library/{stored.id}/edit" if stored else "/library/new"

    @property
    def criteria(self) -> range:
        return range(1, rows_drawn(self.sent, "title-", FEWEST) + 1)

    @property
    def questions(self) -> range:
        return drawn_questions(self.sent)

    @property
    def scale(self) -> AssessmentScale | None:
        """The one that is chosen, whose levels the descriptors stand under."""
        wanted = self.sent.text("scale")
        found = (one for one in self.view.scales if one.code == wanted)
        return next(found, self.view.scales[0] if self.view.scales else None)

    @property
    def scales(self) -> list[tuple[str, str]]:
        """Code, and the name with all levels, highest first."""
        return [
            (
                scale.code,
                f"{scale.name}: "
                + ", ".join(f"{plain(s.points)} {s.label}" for s in reversed(scale.levels)),
            )
            for scale in self.view.scales
        ]

    def drawn_levels(self, number: int) -> tuple[DrawnLevel, ...]:
        """Levels of a criterion as typed or stored, else those of the scale, lowest first."""
        own = _typed_levels(self.sent, number)
        if own or self.scale is None:
            return own
        return tuple(DrawnLevel(plain(s.points), s.label, "") for s in self.scale.levels)


def entry_of(sent: FormFields, scale: AssessmentScale | None) -> AssessmentEntry:
    """Raises: Invalid, naming the field."""
    return AssessmentEntry(
        path="",
        code=sent.text("code").strip(),
        name=sent.text("name"),
        description=sent.text("description"),
        kind=_one_of(AssessmentKind, sent, "kind"),
        purpose=_one_of(Purpose, sent, "purpose"),
        scale=sent.text("scale"),
        points_possible=sent.number("points") or Decimal(0),
        reflection=ReflectionTemplate(questions_in(sent)),
        org=sent.text("org") or None,
        library=sent.text("library") == "yes",
        slos=_slos(sent, "slos"),
        criteria=tuple(_criteria(sent, scale)),
        sections=(),
        guide=sent.text("guide"),
    )


def fields_of(view: EditorView) -> FormFields:
    """What stands in the form before anything was sent."""
    stored = view.stored
    return FormFields(_stored_fields(stored, view) if stored else {})


def _stored_fields(stored: Assessment, view: EditorView) -> FormBody:
    body: FormBody = {
        "name": stored.name,
        "description": stored.description,
        "guide": stored.guide,
        "kind": stored.kind,
        "purpose": stored.purpose,
        "scale": view.scale_code,
        "points": plain(stored.points_possible),
        "org": view.org_code,
        "library": "yes" if stored.in_library else "",
    }
    if stored.kind is AssessmentKind.STUDENT:
        for number, row in enumerate(stored.rubric.criteria, start=1):
            body |= _criterion_fields(number, row, view)
    else:
        rows = stored.rubric.criteria
        body["slos"] = [view.codes[slo_id] for row in rows for slo_id in row.slo_ids]
    body |= question_fields(stored.reflection.questions)
    return body


def _criterion_fields(number: int, row: Criterion, view: EditorView) -> FormBody:
    body: FormBody = {
        f"row-{number}": row.code,
        f"title-{number}": row.title,
        f"about-{number}": row.description,
        f"part-{number}": row.part,
        f"weight-{number}": plain(row.weight),
        f"slos-{number}": [view.codes[slo_id] for slo_id in row.slo_ids if slo_id in view.codes],
        f"points-{number}": [plain(level.points) for level in row.levels],
        f"label-{number}": [level.label for level in row.levels],
        f"descriptor-{number}": [level.descriptor for level in row.levels],
    }
    return body


def _criteria(sent: FormFields, scale: AssessmentScale | None) -> Iterator[CriterionEntry]:
    """Those with a title, in the order in which they stand."""
    taken = {sent.text(f"row-{n}") for n in numbers_after(sent, "title-")}
    free = (code for code in (f"C{n}" for n in range(1, 2 * MOST)) if code not in taken)
    for number in numbers_after(sent, "title-"):
        if sent.text(f"title-{number}").strip():
            code = sent.text(f"row-{number}") or next(free)
            yield _criterion(sent, number, code, scale)


def _criterion(
    sent: FormFields, number: int, code: str, scale: AssessmentScale | None
) -> CriterionEntry:
    path = f"criteria-{number}"
    try:
        weight = sent.number(f"weight-{number}")
    except Invalid:
        raise Invalid(path, "a weight is a number, 0 or more.") from None
    levels = _own_levels(sent, number)
    same = scale is not None and [(level.points, level.label) for level in levels] == [
        (level.points, level.label) for level in scale.levels
    ]
    if same and scale is not None and not any(level.descriptor for level in levels):
        levels = ()
    return CriterionEntry(
        path,
        code,
        sent.text(f"title-{number}").strip(),
        sent.text(f"about-{number}").strip(),
        Decimal(1) if weight is None else weight,
        _slos(sent, f"slos-{number}"),
        levels,
        sent.text(f"part-{number}").strip(),
    )


def _own_levels(sent: FormFields, number: int) -> tuple[LevelEntry, ...]:
    """Lowest first. Raises: Invalid for points that are no number or an empty label."""
    levels = []
    for points, label, descriptor in _typed_levels(sent, number):
        if not points.strip() and not label.strip():
            continue
        if not label.strip():
            raise Invalid(f"criteria-{number}", "give each level a label.")
        value = FormFields({"points": points})
        try:
            step = value.number("points")
        except Invalid:
            step = None
        if step is None:
            raise Invalid(f"criteria-{number}", "points of a level are a number.")
        levels.append(LevelEntry(step, label.strip(), descriptor.strip(), None))
    return tuple(sorted(levels, key=lambda level: level.points))


def _typed_levels(sent: FormFields, number: int) -> tuple[DrawnLevel, ...]:
    names = (f"points-{number}", f"label-{number}", f"descriptor-{number}")
    return tuple(DrawnLevel(*texts) for texts in zip(*map(sent.every, names), strict=False))


def _slos(sent: FormFields, name: str) -> tuple[str, ...]:
    """The ticked ones, and those named by code in the field beside them."""
    typed = sent.text(f"more-{name}").replace(";", "\n").replace(",", "\n").split("\n")
    named = (*sent.every(name), *(code.strip() for code in typed))
    return tuple(dict.fromkeys(code for code in named if code))


def _one_of(kinds: type[Kind], sent: FormFields, name: str) -> Kind:
    try:
        return kinds(sent.text(name))
    except ValueError:
        raise Invalid(name, "choose one of those listed.") from None
