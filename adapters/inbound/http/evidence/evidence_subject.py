"""Evidence of one subject: a result, a DLA or an action plan has its page and forms alike."""

from collections.abc import Callable
from dataclasses import dataclass

from litestar import Response, get
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromQuery

from adapters.inbound.http.evidence.bringing import Bringing, EvidenceForm, bringing_routes
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import Visit
from application.ports.runtime import Transact
from application.queries.evidence.evidence_page import EvidenceView
from domain.access import Right
from domain.evidence import EvidenceTarget


@dataclass(frozen=True, slots=True)
class EvidenceSubject:
    """`address` is that of the subject's own page; `read` answers what its evidence page shows."""

    address: str
    template: str
    target: EvidenceTarget
    read: Callable[[], EvidenceView]

    @property
    def base(self) -> str:
        return f"{self.address}/evidence"

    def shown(self, visit: Visit, form: EvidenceForm, status: int = 200) -> Response[str]:
        model = EvidenceModel(self.read(), form, self.address, self.base)
        return page(visit, self.template, model, status=status)


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """For `evidence-frame.html`: `subject` and `base` are addresses, as of `EvidenceSubject`."""

    view: EvidenceView
    form: EvidenceForm
    subject: str
    base: str


def subject_routes(
    path: str, right: Right, provide_subject: Callable[..., EvidenceSubject]
) -> tuple[HTTPRouteHandler, ...]:
    """The page at `path` and all ways to bring more; `provide_subject` is injected."""
    given = {"subject": Provide(provide_subject, sync_to_thread=False)}
    shown = get(path, right=right, dependencies=given, sync_to_thread=True)
    return shown(evidence_of_subject), *bringing_routes(path, right, _provide_bringing, given)


def evidence_of_subject(
    subject: Injected[EvidenceSubject], visit: Injected[Visit], added: FromQuery[int] = 0
) -> Response[str]:
    return subject.shown(visit, EvidenceForm(added=added))


def _provide_bringing(
    subject: Injected[EvidenceSubject], visit: Injected[Visit], transact: Injected[Transact]
) -> Bringing:
    def again(form: EvidenceForm) -> Response[str]:
        return subject.shown(visit, form, status=422)

    return Bringing(visit, subject.base, lambda _: subject.target, again, transact)
