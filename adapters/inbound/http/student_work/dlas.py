"""A teacher's DLAs: the table of all that students have, and deciding what was handed in."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.paging import page_asked
from adapters.inbound.http.student_work.dla_tones import TONES
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Invalid
from application.queries.student_work.dla_desk import (
    AssignedView,
    DlaDesk,
    DlaDeskView,
    DlaFilter,
    ReadAssigned,
)
from application.use_cases.student_work.assign_dla import TakeAwayDla
from application.use_cases.student_work.decide_dlas import (
    DecideDlas,
    DecideDlasCommand,
    DecideDlasReport,
)
from domain.access import Right
from domain.dla import DlaState
from domain.ids import AssignedDlaId

_NAMES = ("state", "section", "dla")
_SAID = {
    "saved": "The DLA is saved.",
    "away": "Taken away: the student does not have it any more.",
}


@dataclass(frozen=True, slots=True)
class DlasModel:
    view: DlaDeskView
    said: str = ""
    word: str = ""
    problem: Invalid | None = None

    @property
    def query(self) -> str:
        return query_of(self.view.filter)

    @property
    def tones(self) -> dict[DlaState, str]:
        return TONES


@dataclass(frozen=True, slots=True)
class AssignedModel:
    view: AssignedView
    said: str = ""
    word: str = ""
    problem: Invalid | None = None

    @property
    def tones(self) -> dict[DlaState, str]:
        return TONES


def query_of(wanted: DlaFilter) -> str:
    given = {name: getattr(wanted, name) for name in _NAMES}
    return urlencode({name: value for name, value in given.items() if value})


def filter_of(field: Callable[[str], str]) -> DlaFilter:
    return DlaFilter(*(field(name) for name in _NAMES))


@get("/dlas", right=Right.TEACH, sync_to_thread=True)
def show_all(
    request: AnyRequest, visit: Injected[Visit], dla_desk: Injected[DlaDesk]
) -> Response[str]:
    asked = request.query_params
    wanted = filter_of(lambda name: asked.get(name, ""))
    view = dla_desk(visit.person_id, wanted, page_asked(asked.get("page", "")))
    return page(visit, "dlas.html", DlasModel(view, _said(asked.get)))


@post("/dlas/decide", right=Right.TEACH, sync_to_thread=True)
def decide(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    decide_dlas: Injected[DecideDlas],
    dla_desk: Injected[DlaDesk],
    read_assigned: Injected[ReadAssigned],
) -> Response[str] | Redirect:
    """Accept or return all that are chosen, from the table or from the page of one."""
    sent = FormFields(data)
    alone = sent.text("alone")
    chosen = [AssignedDlaId(one) for one in sent.every("one")]
    accept = sent.text("then") == "accept"
    try:
        report = decide_dlas(DecideDlasCommand(visit.person_id, chosen, accept, sent.text("word")))
    except Invalid as wrong:
        if alone:
            one = read_assigned(visit.person_id, AssignedDlaId(alone))
            model: object = AssignedModel(one, "", sent.text("word"), wrong)
            return page(visit, "dla-assigned.html", model, status=422)
        view = dla_desk(visit.person_id, filter_of(sent.text))
        model = DlasModel(view, "", sent.text("word"), wrong)
        return page(visit, "dlas.html", model, status=422)
    query = urlencode(_told(report, accept=accept))
    here = f"/dlas/assigned/{alone}" if alone else "/dlas"
    kept = "" if alone else query_of(filter_of(sent.text))
    return see_other(visit, f"{here}?{'&'.join(part for part in (kept, query) if part)}")


@get("/dlas/assigned/{assigned_id:str}", right=Right.TEACH, sync_to_thread=True)
def show_one(
    assigned_id: FromPath[str],
    request: AnyRequest,
    visit: Injected[Visit],
    read_assigned: Injected[ReadAssigned],
) -> Response[str]:
    view = read_assigned(visit.person_id, AssignedDlaId(assigned_id))
    return page(visit, "dla-assigned.html", AssignedModel(view, _said(request.query_params.get)))


@post("/dlas/assigned/{assigned_id:str}/take-away", right=Right.TEACH, sync_to_thread=True)
def take_away(
    assigned_id: FromPath[str], visit: Injected[Visit], take_away_dla: Injected[TakeAwayDla]
) -> Redirect:
    take_away_dla(visit.person_id, AssignedDlaId(assigned_id))
    return see_other(visit, "/dlas?done=away")


def _told(report: DecideDlasReport, *, accept: bool) -> dict[str, str]:
    return {
        "done": "accepted" if accept else "returned",
        "count": str(report.decided),
        "left": str(report.left),
    }


def _said(asked: Callable[[str, str], str]) -> str:
    """What became of the deed before, from the address."""
    done = asked("done", "")
    if done not in {"accepted", "returned"}:
        return _SAID.get(done, "")
    left = page_asked(asked("left", "")) if asked("left", "0") != "0" else 0
    told = f"{page_asked(asked('count', '')) if asked('count', '0') != '0' else 0} {done}."
    return f"{told} {left} could not be: not handed in, or so decided already." if left else told


ROUTES = (show_all, decide, show_one, take_away)
