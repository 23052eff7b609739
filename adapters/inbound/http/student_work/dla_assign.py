"""Assign a DLA to chosen students of a section, or to those below the threshold on an SLO."""

from dataclasses import dataclass
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Invalid
from application.queries.student_work.assign_choices import AssignChoices, AssignView, AssignWish
from application.use_cases.student_work.assign_dla import AssignDla, AssignDlaCommand
from domain.access import Right
from domain.ids import DlaId, PersonId, SectionAssessmentId, SectionId

_NAMES = ("dla", "section", "work", "row")


@dataclass(frozen=True, slots=True)
class AssignModel:
    """`chosen` are the ticked students, None before anybody ticked."""

    view: AssignView
    due: str = ""
    chosen: frozenset[str] | None = None
    problem: Invalid | None = None
    said: str = ""

    def is_ticked(self, student_id: str, *, below: bool, has: bool) -> bool:
        if self.chosen is not None:
            return student_id in self.chosen
        return below and not has


@get("/dlas/assign", right=Right.TEACH, sync_to_thread=True)
def choose(
    request: AnyRequest, visit: Injected[Visit], assign_choices: Injected[AssignChoices]
) -> Response[str]:
    asked = request.query_params
    wish = AssignWish(*(asked.get(name, "") for name in _NAMES))
    said = _counted(asked.get("assigned", ""), asked.get("already", ""))
    model = AssignModel(assign_choices(visit.person_id, wish), said=said)
    return page(visit, "dla-assign.html", model)


@post("/dlas/assign", right=Right.TEACH, sync_to_thread=True)
def assign(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    assign_dla: Injected[AssignDla],
    assign_choices: Injected[AssignChoices],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    try:
        report = assign_dla(_assigning(visit, sent))
    except Invalid as wrong:
        view = assign_choices(visit.person_id, AssignWish(*(sent.text(one) for one in _NAMES)))
        chosen = frozenset(sent.every("student"))
        model = AssignModel(view, sent.text("due"), chosen, wrong)
        return page(visit, "dla-assign.html", model, status=422)
    kept = {name: sent.text(name) for name in _NAMES if sent.text(name)}
    counts = {"assigned": str(report.assigned), "already": str(report.already)}
    return see_other(visit, f"/dlas/assign?{urlencode({**kept, **counts})}")


def _assigning(visit: Visit, sent: FormFields) -> AssignDlaCommand:
    if not sent.text("dla"):
        raise Invalid("dla", "choose the DLA.")
    work = sent.text("work")
    return AssignDlaCommand(
        visit.person_id,
        DlaId(sent.text("dla")),
        SectionId(sent.text("section")),
        frozenset(PersonId(one) for one in sent.every("student")),
        sent.day_end("due", visit.time),
        SectionAssessmentId(work) if work else None,
    )


def _counted(assigned: str, already: str) -> str:
    """What became of the assigning before, from the address."""
    if not assigned.isdecimal():
        return ""
    said = f"Assigned to {assigned} student{'' if assigned == '1' else 's'}."
    return f"{said} {already} had it already." if already.isdecimal() and already != "0" else said


ROUTES = (choose, assign)
