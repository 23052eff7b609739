"""Make and change a DLA, take it out of use and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.queries.student_work.dla_desk import DlaForm, ReadDlaForm
from application.use_cases.student_work.keep_dlas import RetireDla, SaveDla, SaveDlaCommand
from domain.access import Right
from domain.ids import DlaId, SloId
from domain.web_link import links_as_text

_FIELDS = ("title", "instructions", "links", "hand_in", "slo")


@dataclass(frozen=True, slots=True)
class EditorModel:
    """`typed` is what the fields hold."""

    view: DlaForm
    typed: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)
    said: str = ""


@get("/dlas/new", right=Right.TEACH, sync_to_thread=True)
def new(
    visit: Injected[Visit], read_dla_form: Injected[ReadDlaForm], slo: FromQuery[str] = ""
) -> Response[str]:
    typed = {**dict.fromkeys(_FIELDS, ""), "slo": slo}
    return page(visit, "dla-edit.html", EditorModel(read_dla_form(visit.person_id, None), typed))


@post("/dlas/new", right=Right.TEACH, sync_to_thread=True)
def make(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_dla: Injected[SaveDla],
    read_dla_form: Injected[ReadDlaForm],
) -> Response[str] | Redirect:
    return _saved(visit, FormFields(data), None, save_dla, read_dla_form)


@get("/dlas/{dla_id:str}", right=Right.TEACH, sync_to_thread=True)
def edit(
    dla_id: FromPath[str],
    visit: Injected[Visit],
    read_dla_form: Injected[ReadDlaForm],
    done: FromQuery[str] = "",
) -> Response[str]:
    view = read_dla_form(visit.person_id, DlaId(dla_id))
    said = {"retired": "Out of use. Students who have it keep it.", "restored": "In use again."}
    return page(visit, "dla-edit.html", EditorModel(view, _stored(view), said=said.get(done, "")))


@post("/dlas/{dla_id:str}", right=Right.TEACH, sync_to_thread=True)
def change(
    dla_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_dla: Injected[SaveDla],
    read_dla_form: Injected[ReadDlaForm],
) -> Response[str] | Redirect:
    return _saved(visit, FormFields(data), DlaId(dla_id), save_dla, read_dla_form)


@post("/dlas/{dla_id:str}/retire", right=Right.TEACH, sync_to_thread=True)
def retire(
    dla_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    retire_dla: Injected[RetireDla],
) -> Redirect:
    retired = FormFields(data).text("retired") == "yes"
    retire_dla(visit.person_id, DlaId(dla_id), retired=retired)
    return see_other(visit, f"/dlas/{dla_id}?done={'retired' if retired else 'restored'}")


def _saved(
    visit: Visit,
    sent: FormFields,
    dla_id: DlaId | None,
    save_dla: SaveDla,
    read_dla_form: ReadDlaForm,
) -> Response[str] | Redirect:
    try:
        save_dla(_command(visit, sent, dla_id))
    except Invalid as wrong:
        errors, status = {wrong.field: wrong.cure}, 422
    except Conflict as wrong:
        errors, status = {"title": str(wrong)}, 409
    else:
        return see_other(visit, "/dlas?done=saved#made")
    typed = {name: sent.text(name) for name in _FIELDS}
    view = read_dla_form(visit.person_id, dla_id)
    return page(visit, "dla-edit.html", EditorModel(view, typed, errors), status=status)


def _command(visit: Visit, sent: FormFields, dla_id: DlaId | None) -> SaveDlaCommand:
    slo = sent.text("slo")
    return SaveDlaCommand(
        visit.person_id,
        dla_id,
        sent.text("title"),
        sent.text("instructions"),
        sent.text("links"),
        sent.text("hand_in"),
        SloId(slo) if slo else None,
        sent.whole("seen"),
    )


def _stored(view: DlaForm) -> dict[str, str]:
    dla = view.dla
    if dla is None:
        return dict.fromkeys(_FIELDS, "")
    return {
        "title": dla.title,
        "instructions": dla.instructions,
        "links": links_as_text(dla.links),
        "hand_in": dla.hand_in,
        "slo": dla.slo_id or "",
    }


ROUTES = (new, make, edit, change, retire)
