"""The curriculum map of an org: courses and their CSLOs against PSLOs or ISLOs."""

from dataclasses import dataclass
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.slos.slos import errors_of
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Forbidden, Invalid, NotFound
from application.queries.slos.curriculum_map import CurriculumMap, MapCell, MapFilter, MapView
from application.slos.mapper import Cell, Pair
from application.use_cases.slos.map_slos import MapSlos, MapSlosCommand
from domain.access import Right
from domain.errors import DomainError
from domain.ids import SloId
from domain.slo_mapping import MappingKind

_CELL = "c:"
_NO_KIND = "mapped"
"""The choice of a cell that is mapped without a kind."""


@dataclass(frozen=True, slots=True)
class MapModel:
    view: MapView
    notice: str = ""
    sent: FormFields | None = None
    errors: dict[str, str] | None = None

    @property
    def was(self) -> str:
        """What the page shows, so that only what a person changed is saved."""
        return " ".join(
            f"{cell.lower.id}:{cell.higher.id}:{stored(cell)}"
            for one in self.view.courses
            for row in one.rows
            for cell in row.cells
            if cell.mapped
        )

    def chosen(self, cell: MapCell) -> str:
        name = f"{_CELL}{cell.lower.id}:{cell.higher.id}"
        return self.sent.text(name) if self.sent and name in self.sent.body else stored(cell)

    def page_path(self, number: int) -> str:
        return _path(self.view.filter, number)

    @property
    def shown_was(self) -> str:
        """After a refused form: what had been shown before it was sent."""
        return self.sent.text("was") if self.sent else self.was


@get("/slos/map", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show_map(
    request: AnyRequest,
    visit: Injected[Visit],
    curriculum_map: Injected[CurriculumMap],
    said: FromQuery[str] = "",
) -> Response[str]:
    asked = FormFields(dict(request.query_params))
    view = curriculum_map(visit.viewer, _filter(asked))
    changed = said if said.isdecimal() else ""
    notice = f"Saved: {changed} changed." if changed and changed != "0" else ""
    return page(
        visit, "slo-map.html", MapModel(view, notice or ("Nothing changed." if said else ""))
    )


@post("/slos/map", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def save_map(
    visit: Injected[Visit],
    data: URLEncodedBody[FormBody],
    curriculum_map: Injected[CurriculumMap],
    map_slos: Injected[MapSlos],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    try:
        command = MapSlosCommand(visit.viewer, _changed(sent), sent.text("term"))
        changed = map_slos(command)
    except (Invalid, NotFound, Forbidden, DomainError) as refused:
        view = curriculum_map(visit.viewer, _filter(sent))
        model = MapModel(view, "", sent, errors_of(refused, "map"))
        return page(visit, "slo-map.html", model, status=422)
    wanted = _filter(sent)
    path = _path(wanted, wanted.page)
    return see_other(visit, f"{path}{'&' if '?' in path else '?'}said={changed}")


def stored(cell: MapCell) -> str:
    if not cell.mapped:
        return ""
    return cell.kind or _NO_KIND


def _filter(asked: FormFields) -> MapFilter:
    return MapFilter(asked.text("org"), asked.text("kind") or "pslo", asked.whole("page") or 1)


def _path(wanted: MapFilter, number: int) -> str:
    named = {
        "org": wanted.org,
        "kind": wanted.kind if wanted.kind != "pslo" else "",
        "page": str(number) if number > 1 else "",
    }
    query = urlencode({name: value for name, value in named.items() if value})
    return f"/slos/map?{query}" if query else "/slos/map"


def _changed(sent: FormFields) -> dict[Pair, Cell]:
    """Cells that say something else than the page showed."""
    shown: dict[str, str] = {}
    for part in sent.text("was").split():
        pair, _, value = part.rpartition(":")
        shown[pair] = value
    cells: dict[Pair, Cell] = {}
    for name in sent.after(_CELL):
        value = sent.text(f"{_CELL}{name}")
        if value != shown.get(name, ""):
            lower, _, higher = name.partition(":")
            kind = MappingKind(value) if value in set(MappingKind) else None
            cells[SloId(lower), SloId(higher)] = Cell(mapped=value != "", kind=kind)
    return cells


ROUTES = (show_map, save_map)
