"""SLOs: the list with its filters, one SLO with all that hangs on it, and a new one."""

from dataclasses import dataclass
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Forbidden, Invalid
from application.queries.slos.slo_list import SloFilter, SloList, SloListView
from application.queries.slos.slo_page import SloPage, SloPageView
from application.use_cases.slos.keep_slos import NewSlo, NewSloCommand
from domain.access import Right
from domain.ids import SloId
from domain.slo import SloKind, SloState

_SAID = {
    "made": "The SLO is made. Give it descriptors and mappings below.",
    "wording": "Saved as a new version. Results of before stay with the wording of before.",
    "correction": "Saved as a correction; the version stays.",
    "same": "Nothing differed, so nothing was changed.",
    "descriptors": "The descriptors are saved.",
    "retired": "The SLO is retired. Its results stay; it can be reinstated.",
    "active": "The SLO is in use.",
    "mapped": "The mapping is saved.",
    "unmapped": "The mapping has ended; results of before still count.",
    "target": "The target is saved.",
}


@dataclass(frozen=True, slots=True)
class SlosModel:
    view: SloListView

    @property
    def export_query(self) -> str:
        return _query(self.view.filter, page=1)

    def page_path(self, number: int) -> str:
        return f"/slos?{_query(self.view.filter, page=number)}"


@dataclass(frozen=True, slots=True)
class SloModel:
    """`sent` is what a refused form held; `errors` by field."""

    view: SloPageView
    notice: str = ""
    sent: FormFields | None = None
    errors: dict[str, str] | None = None

    def typed(self, name: str, stored: str) -> str:
        return self.sent.text(name) if self.sent and name in self.sent.body else stored


@dataclass(frozen=True, slots=True)
class NewSloModel:
    view: SloListView
    sent: FormFields
    errors: dict[str, str]


@get("/slos", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def list_slos(
    request: AnyRequest, visit: Injected[Visit], slo_list: Injected[SloList]
) -> Response[str]:
    wanted = slo_filter(FormFields(dict(request.query_params)))
    return page(visit, "slos.html", SlosModel(slo_list(visit.viewer, wanted)))


@get("/slos/new", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def new_slo_form(
    request: AnyRequest, visit: Injected[Visit], slo_list: Injected[SloList]
) -> Response[str]:
    """Fields of the address fill the form, such as the course that one comes from."""
    view = slo_list(visit.viewer, SloFilter())
    model = NewSloModel(view, FormFields(dict(request.query_params)), {})
    return page(visit, "slo-new.html", model)


@post("/slos/new", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def make_slo(
    visit: Injected[Visit],
    data: URLEncodedBody[FormBody],
    slo_list: Injected[SloList],
    new_slo: Injected[NewSlo],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    try:
        slo_id = new_slo(_new_command(visit, sent))
    except (Invalid, Forbidden) as refused:
        view = slo_list(visit.viewer, SloFilter())
        model = NewSloModel(view, sent, errors_of(refused, "org"))
        return page(visit, "slo-new.html", model, status=422)
    return see_other(visit, f"/slos/{slo_id}?said=made")


@get("/slos/{slo_id:str}", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show_slo(
    visit: Injected[Visit],
    slo_id: FromPath[str],
    slo_page: Injected[SloPage],
    said: FromQuery[str] = "",
) -> Response[str]:
    view = slo_page(visit.viewer, SloId(slo_id))
    return page(visit, "slo.html", SloModel(view, _SAID.get(said, "")))


def slo_filter(asked: FormFields) -> SloFilter:
    return SloFilter(
        asked.text("kind"),
        asked.text("org"),
        asked.text("course"),
        asked.text("state"),
        asked.text("q"),
        bool(asked.text("own")),
        asked.whole("page") or 1,
    )


def errors_of(refused: Exception, otherwise: str) -> dict[str, str]:
    """The field that is wrong with its cure; a rule that names none stands at `otherwise`."""
    if isinstance(refused, Invalid):
        return {refused.field: refused.cure}
    return {otherwise: str(refused)}


def _new_command(visit: Visit, sent: FormFields) -> NewSloCommand:
    kind = sent.text("kind")
    if kind not in set(SloKind):
        raise Invalid("kind", "choose a kind.")
    is_course = kind == SloKind.COURSE
    return NewSloCommand(
        visit.viewer,
        SloKind(kind),
        sent.text("code"),
        sent.text("course") if is_course else "",
        "" if is_course else sent.text("org"),
        sent.text("title"),
        sent.text("statement"),
        SloState.DRAFT if sent.text("draft") else SloState.ACTIVE,
    )


def _query(wanted: SloFilter, page: int) -> str:
    named = {
        "kind": wanted.kind,
        "org": wanted.org,
        "course": wanted.course,
        "state": wanted.state,
        "q": wanted.search,
        "own": "yes" if wanted.own else "",
        "page": str(page) if page > 1 else "",
    }
    return urlencode({name: value for name, value in named.items() if value})


ROUTES = (list_slos, new_slo_form, make_slo, show_slo)
