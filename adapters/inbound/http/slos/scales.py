"""Scales and mastery levels: the list, a new scale, an edit, the default, the threshold."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.slos.mastery_form import (
    SPARE,
    TypedMastery,
    mastery_command,
    mastery_rows,
    typed_mastery,
)
from adapters.inbound.http.slos.scale_form import TypedLevel, level_draft, typed_levels
from adapters.inbound.http.slos.slos import errors_of
from adapters.inbound.http.visit import Visit
from application.errors import Invalid, NotFound
from application.queries.slos.scale_list import ListedScale, ScaleList, ScaleListView
from application.use_cases.slos.keep_mastery import (
    SaveMastery,
)
from application.use_cases.slos.keep_scales import (
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
    model = ScalesModel(view, mastery_rows(view.mastery), view.threshold, _SAID.get(said, ""), {})
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
        saved = save_mastery(mastery_command(visit, sent))
    except (Invalid, DomainError) as refused:
        view = scale_list()
        model = ScalesModel(
            view,
            typed_mastery(sent, view),
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
    make_default_scale(visit.viewer, FormFields(data).text("scale"))
    return see_other(visit, "/scales?said=default")


@get("/scales/new", right=Right.RUN_SYSTEM, sync_to_thread=True)
def new_scale(visit: Injected[Visit], scale_list: Injected[ScaleList]) -> Response[str]:
    view = scale_list()
    codes = [one.level.code for one in reversed(view.mastery)]
    rows = tuple(
        TypedLevel(number, "", "", code, "") for number, code in enumerate([*codes, *[""] * SPARE])
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
    rows += [TypedLevel(len(levels) + n, "", "", "", "") for n in range(SPARE)]
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
    rows = typed_levels(sent)
    try:
        levels = tuple(level_draft(row) for row in rows if row.points or row.label)
        saved = save_scale(
            SaveScaleCommand(visit.viewer, scale_id, sent.text("code"), sent.text("name"), levels)
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


ROUTES = (
    list_scales,
    save_mastery_levels,
    make_default,
    new_scale,
    make_scale,
    edit_scale,
    save_edited_scale,
)
