"""Scales and mastery levels: the list, a new scale, an edit, the default, the threshold."""

from dataclasses import dataclass
from decimal import Decimal

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.outcome_filters import viewer_of
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.slos import errors_of
from adapters.inbound.http.visit import Visit
from application.errors import Invalid, NotFound
from application.queries.scale_list import ListedMastery, ListedScale, ScaleList, ScaleListView
from application.use_cases.keep_mastery import (
    MOST,
    MasteryDraft,
    SaveMastery,
    SaveMasteryCommand,
)
from application.use_cases.keep_scales import (
    LevelDraft,
    MakeDefaultScale,
    SaveScale,
    SaveScaleCommand,
)
from domain.access import Right
from domain.errors import DomainError
from domain.ids import ScaleId
from domain.score import plain

_SAID = {
    "created": "The scale is made.",
    "changed": "The scale is saved.",
    "new-version": "Assessments use this scale, so a new version was made of it. They keep the"
    " version that they were made with; new ones take the new version.",
    "same": "Nothing differed, so nothing was changed.",
    "default": "The default scale is changed. What is sent to Canvas from now on is on it.",
    "mastery": "The mastery levels are saved.",
    "renewed": "The mastery levels are saved. Scales in use got new versions; results of before"
    " keep what they meant.",
}
_SPARE = 2
"""Empty rows below those that are there."""


@dataclass(frozen=True, slots=True)
class TypedLevel:
    number: int
    points: str
    label: str
    mastery: str
    descriptor: str


@dataclass(frozen=True, slots=True)
class TypedMastery:
    number: int
    code: str
    name: str
    place: str
    known: bool
    held: bool


@dataclass(frozen=True, slots=True)
class ScalesModel:
    view: ScaleListView
    rows: tuple[TypedMastery, ...]
    threshold: str
    notice: str
    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class ScaleModel:
    """`listed` None: a new scale."""

    view: ScaleListView
    listed: ListedScale | None
    code: str
    name: str
    rows: tuple[TypedLevel, ...]
    errors: dict[str, str]


@get("/scales", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def list_scales(
    visit: Injected[Visit], scale_list: Injected[ScaleList], said: FromQuery[str] = ""
) -> Response[str]:
    view = scale_list()
    model = ScalesModel(view, _mastery_rows(view.mastery), view.threshold, _SAID.get(said, ""), {})
    return page(visit, "scales.html", model)


@post("/scales/mastery", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_mastery_levels(
    visit: Injected[Visit],
    data: URLEncodedBody[FormBody],
    scale_list: Injected[ScaleList],
    save_mastery: Injected[SaveMastery],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    try:
        saved = save_mastery(_mastery_command(visit, sent))
    except (Invalid, DomainError) as refused:
        view = scale_list()
        model = ScalesModel(
            view,
            _typed_mastery(sent, view),
            sent.text("threshold"),
            "",
            errors_of(refused, "levels"),
        )
        return page(visit, "scales.html", model, status=422)
    return see_other(visit, f"/scales?said={'renewed' if saved.new_versions else 'mastery'}")


@post("/scales/default", right=Right.RUN_SYSTEM, sync_to_thread=True)
def make_default(
    visit: Injected[Visit],
    data: URLEncodedBody[FormBody],
    make_default_scale: Injected[MakeDefaultScale],
) -> Redirect:
    make_default_scale(viewer_of(visit), FormFields(data).text("scale"))
    return see_other(visit, "/scales?said=default")


@get("/scales/new", right=Right.RUN_SYSTEM, sync_to_thread=True)
def new_scale(visit: Injected[Visit], scale_list: Injected[ScaleList]) -> Response[str]:
    view = scale_list()
    codes = [one.level.code for one in reversed(view.mastery)]
    rows = tuple(
        TypedLevel(number, "", "", code, "") for number, code in enumerate([*codes, *[""] * _SPARE])
    )
    return page(visit, "scale.html", ScaleModel(view, None, "", "", rows, {}))


@post("/scales/new", right=Right.RUN_SYSTEM, sync_to_thread=True)
def make_scale(
    visit: Injected[Visit],
    data: URLEncodedBody[FormBody],
    scale_list: Injected[ScaleList],
    save_scale: Injected[SaveScale],
) -> Response[str] | Redirect:
    return _save(visit, FormFields(data), scale_list, save_scale, None)


@get("/scales/{scale_id:str}", right=Right.RUN_SYSTEM, sync_to_thread=True)
def edit_scale(
    visit: Injected[Visit], scale_id: FromPath[str], scale_list: Injected[ScaleList]
) -> Response[str]:
    view = scale_list()
    listed = _listed(view, scale_id)
    levels = tuple(reversed(listed.scale.levels))
    rows = [
        TypedLevel(number, plain(one.points), one.label, one.mastery.code, one.descriptor)
        for number, one in enumerate(levels)
    ]
    rows += [TypedLevel(len(levels) + n, "", "", "", "") for n in range(_SPARE)]
    model = ScaleModel(view, listed, listed.scale.code, listed.scale.name, tuple(rows), {})
    return page(visit, "scale.html", model)


@post("/scales/{scale_id:str}", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_edited_scale(
    visit: Injected[Visit],
    scale_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    scale_list: Injected[ScaleList],
    save_scale: Injected[SaveScale],
) -> Response[str] | Redirect:
    return _save(visit, FormFields(data), scale_list, save_scale, ScaleId(scale_id))


def _save(
    visit: Visit,
    sent: FormFields,
    scale_list: ScaleList,
    save_scale: SaveScale,
    scale_id: ScaleId | None,
) -> Response[str] | Redirect:
    rows = _typed_levels(sent)
    try:
        levels = tuple(_draft(row) for row in rows if row.points or row.label)
        saved = save_scale(
            SaveScaleCommand(
                viewer_of(visit), scale_id, sent.text("code"), sent.text("name"), levels
            )
        )
    except (Invalid, DomainError) as refused:
        view = scale_list()
        listed = next((one for one in view.scales if one.scale.id == scale_id), None)
        errors = errors_of(refused, "levels")
        code = listed.scale.code if listed else sent.text("code")
        model = ScaleModel(view, listed, code, sent.text("name"), rows, errors)
        return page(visit, "scale.html", model, status=422)
    return see_other(visit, f"/scales?said={saved.outcome}")


def _listed(view: ScaleListView, scale_id: str) -> ListedScale:
    for one in view.scales:
        if one.scale.id == scale_id:
            return one
    raise NotFound("This scale")


def _typed_levels(sent: FormFields) -> tuple[TypedLevel, ...]:
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


def _draft(row: TypedLevel) -> LevelDraft:
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


def _mastery_rows(mastery: tuple[ListedMastery, ...]) -> tuple[TypedMastery, ...]:
    rows = [
        TypedMastery(n, one.level.code, one.level.name, str(n + 1), known=True, held=one.held)
        for n, one in enumerate(mastery)
    ]
    spare = min(_SPARE, MOST - len(rows))
    rows += [
        TypedMastery(len(mastery) + n, "", "", "", known=False, held=False) for n in range(spare)
    ]
    return tuple(rows)


def _typed_mastery(sent: FormFields, view: ScaleListView) -> tuple[TypedMastery, ...]:
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


def _mastery_command(visit: Visit, sent: FormFields) -> SaveMasteryCommand:
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
    return SaveMasteryCommand(viewer_of(visit), tuple(draft for _, draft in placed), threshold)


ROUTES = (
    list_scales,
    save_mastery_levels,
    make_default,
    new_scale,
    make_scale,
    edit_scale,
    save_edited_scale,
)
