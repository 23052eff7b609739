"""What is done to one SLO: words, descriptors, state, mappings, target."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from litestar import Response, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.slos.slos import SloModel, errors_of
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.queries.slos.slo_page import SloPage
from application.slos.mapper import Cell
from application.use_cases.slos.keep_slos import (
    ChangeSloState,
    ChangeSloStateCommand,
    EditSlo,
    EditSloCommand,
)
from application.use_cases.slos.map_slos import MapSlos, MapSlosCommand
from application.use_cases.slos.set_target import SetTarget, SetTargetCommand
from domain.access import Right
from domain.errors import DomainError
from domain.ids import ScaleId, SloId
from domain.slo import Edit, SloState
from domain.slo_mapping import MappingKind
from domain.target import TargetOf

_DESCRIPTOR = "d:"
"""Names of the fields of descriptors: `d:<scale id>:<points>`."""


@dataclass(frozen=True, slots=True)
class Editing:
    """One form on the page of an SLO, shown again with what was typed when it is refused."""

    visit: Visit
    slo_id: SloId
    sent: FormFields
    slo_page: SloPage

    def done(self, deed: Callable[[], str], otherwise: str) -> Response[str] | Redirect:
        """`deed` answers what is said afterwards. Without a field, errors stand at `otherwise`."""
        try:
            said = deed()
        except (Invalid, Conflict, DomainError) as refused:
            view = self.slo_page(self.visit.viewer, self.slo_id)
            model = SloModel(view, "", self.sent, errors_of(refused, otherwise))
            status = 409 if isinstance(refused, Conflict) else 422
            return page(self.visit, "slo.html", model, status=status)
        return see_other(self.visit, f"/slos/{self.slo_id}?said={said}")


@post("/slos/{slo_id:str}", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def save_wording(
    visit: Injected[Visit],
    slo_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    slo_page: Injected[SloPage],
    edit_slo: Injected[EditSlo],
) -> Response[str] | Redirect:
    sent = FormFields(data)

    def deed() -> str:
        before = slo_page(visit.viewer, SloId(slo_id)).slo
        edit = _edit(sent.text("edit"))
        after = edit_slo(
            EditSloCommand(
                visit.viewer,
                SloId(slo_id),
                edit,
                sent.text("code"),
                sent.text("title"),
                sent.text("statement"),
                seen=sent.text("seen"),
            )
        )
        if after == before:
            return "same"
        return "wording" if after.version > before.version else "correction"

    return Editing(visit, SloId(slo_id), sent, slo_page).done(deed, "title")


@post("/slos/{slo_id:str}/descriptors", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def save_descriptors(
    visit: Injected[Visit],
    slo_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    slo_page: Injected[SloPage],
    edit_slo: Injected[EditSlo],
) -> Response[str] | Redirect:
    sent = FormFields(data)

    def deed() -> str:
        texts = {
            _level(name): sent.text(f"{_DESCRIPTOR}{name}") for name in sent.after(_DESCRIPTOR)
        }
        command = EditSloCommand(
            visit.viewer,
            SloId(slo_id),
            Edit.CORRECTION,
            descriptors=texts,
            seen=sent.text("seen"),
        )
        edit_slo(command)
        return "descriptors"

    return Editing(visit, SloId(slo_id), sent, slo_page).done(deed, "descriptors")


@post("/slos/{slo_id:str}/state", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def change_state(
    visit: Injected[Visit],
    slo_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    slo_page: Injected[SloPage],
    change_slo_state: Injected[ChangeSloState],
) -> Response[str] | Redirect:
    sent = FormFields(data)

    def deed() -> str:
        state = sent.text("state")
        if state not in {SloState.ACTIVE, SloState.RETIRED}:
            raise Invalid("state", "choose active or retired.")
        command = ChangeSloStateCommand(visit.viewer, SloId(slo_id), SloState(state))
        return change_slo_state(command).state

    return Editing(visit, SloId(slo_id), sent, slo_page).done(deed, "state")


@post("/slos/{slo_id:str}/mappings", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def save_mapping(
    visit: Injected[Visit],
    slo_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    slo_page: Injected[SloPage],
    map_slos: Injected[MapSlos],
) -> Response[str] | Redirect:
    """`higher` or `lower` is the other end; `end` takes the mapping away."""
    sent = FormFields(data)

    def deed() -> str:
        ends = sent.text("end") != ""
        lower, higher = sent.text("lower") or slo_id, sent.text("higher") or slo_id
        if lower == higher:
            raise Invalid("higher", "choose the SLO to map to.")
        kind = sent.text("mapping_kind")
        cell = Cell(mapped=not ends, kind=MappingKind(kind) if kind in set(MappingKind) else None)
        cells = {(SloId(lower), SloId(higher)): cell}
        map_slos(MapSlosCommand(visit.viewer, cells, sent.text("term")))
        return "unmapped" if ends else "mapped"

    return Editing(visit, SloId(slo_id), sent, slo_page).done(deed, "higher")


@post("/slos/{slo_id:str}/target", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def save_target(
    visit: Injected[Visit],
    slo_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    slo_page: Injected[SloPage],
    set_target: Injected[SetTarget],
) -> Response[str] | Redirect:
    sent = FormFields(data)

    def deed() -> str:
        share = sent.number("share")
        set_target(SetTargetCommand(visit.viewer, TargetOf.SLO, slo_id, share))
        return "target"

    return Editing(visit, SloId(slo_id), sent, slo_page).done(deed, "share")


def _edit(written: str) -> Edit:
    if written not in set(Edit):
        raise Invalid("edit", "say whether this corrects the text or changes its wording.")
    return Edit(written)


def _level(name: str) -> tuple[ScaleId, Decimal]:
    scale_id, _, points = name.rpartition(":")
    try:
        return ScaleId(scale_id), Decimal(points)
    except InvalidOperation:
        raise Invalid("descriptors", "a field of the form is not known.") from None


ROUTES = (save_wording, save_descriptors, change_state, save_mapping, save_target)
