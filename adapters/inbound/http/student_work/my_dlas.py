"""A student's DLAs: what is to be done, and handing it in."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.student_work.dla_tones import TONES
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.queries.student_work.dla_desk import AssignedView
from application.queries.student_work.dla_lines import DlaLine
from application.queries.student_work.my_dlas import MyDla, MyDlas
from application.use_cases.student_work.do_dla import TakeDlaBack, WriteDla, WriteDlaCommand
from domain.access import Right
from domain.dla import DlaState
from domain.errors import IllegalMove
from domain.ids import AssignedDlaId

_SAID = {
    "saved": "Saved. Your teacher reads it when you hand it in.",
    "handed-in": "Handed in. Your teacher accepts it, or returns it with a word.",
    "back": "It is with you again. Hand it in when it is ready.",
}

_ONWARD = {"hand-in": "?done=handed-in", "attach": "/evidence", "save": "?done=saved"}


@dataclass(frozen=True, slots=True)
class MyDlasModel:
    dlas: tuple[DlaLine, ...]

    @property
    def tones(self) -> dict[DlaState, str]:
        return TONES


@dataclass(frozen=True, slots=True)
class MyDlaModel:
    """`text` is what the field holds."""

    view: AssignedView
    text: str
    said: str = ""
    problem: str = ""
    wrong: str = ""

    @property
    def tones(self) -> dict[DlaState, str]:
        return TONES


@get("/mine/dlas", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def list_mine(visit: Injected[Visit], my_dlas: Injected[MyDlas]) -> Response[str]:
    return page(visit, "my-dlas.html", MyDlasModel(my_dlas(visit.person_id)))


@get("/mine/dlas/{assigned_id:str}", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def show(
    assigned_id: FromPath[str],
    visit: Injected[Visit],
    my_dla: Injected[MyDla],
    done: FromQuery[str] = "",
) -> Response[str]:
    view = my_dla(visit.person_id, AssignedDlaId(assigned_id))
    model = MyDlaModel(view, view.text, _SAID.get(done, ""))
    return page(visit, "my-dla.html", model)


@post("/mine/dlas/{assigned_id:str}", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def write(
    assigned_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    write_dla: Injected[WriteDla],
    my_dla: Injected[MyDla],
) -> Response[str] | Redirect:
    sent, asked = FormFields(data), AssignedDlaId(assigned_id)
    then = sent.text("then")
    hand_in = then == "hand-in"
    text, seen = sent.text("text"), sent.whole("seen")
    try:
        write_dla(WriteDlaCommand(visit.person_id, asked, text, hand_in, seen))
    except Invalid as wrong:
        refused, field, status = wrong.cure, wrong.field, 422
    except (Conflict, IllegalMove) as wrong:
        refused, field, status = str(wrong), "", 409
    else:
        return see_other(visit, f"/mine/dlas/{asked}{_ONWARD.get(then, _ONWARD['save'])}")
    view = my_dla(visit.person_id, asked)
    model = MyDlaModel(view, text, "", refused, field)
    return page(visit, "my-dla.html", model, status=status)


@post("/mine/dlas/{assigned_id:str}/take-back", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def take_back(
    assigned_id: FromPath[str], visit: Injected[Visit], take_dla_back: Injected[TakeDlaBack]
) -> Redirect:
    take_dla_back(visit.person_id, AssignedDlaId(assigned_id))
    return see_other(visit, f"/mine/dlas/{assigned_id}?done=back")


ROUTES = (list_mine, show, write, take_back)
