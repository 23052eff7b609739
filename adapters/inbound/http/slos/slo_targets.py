"""Expected levels of achievement of orgs; those of single SLOs stand on their pages."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.slos.slos import errors_of
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.queries.slos.target_list import OrgTarget, TargetList
from application.use_cases.slos.set_target import SetTarget, SetTargetCommand
from domain.access import Right
from domain.errors import DomainError
from domain.target import TargetOf


@dataclass(frozen=True, slots=True)
class TargetsModel:
    """`wrong` is the org whose field was refused, with what was `typed` there."""

    lines: tuple[OrgTarget, ...]
    notice: str = ""
    wrong: str = ""
    typed: str = ""
    cure: str = ""


@get("/slos/targets", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def list_targets(
    visit: Injected[Visit], target_list: Injected[TargetList], said: FromQuery[str] = ""
) -> Response[str]:
    notice = "The target is saved. Orgs below without one of their own take it." if said else ""
    return page(visit, "slo-targets.html", TargetsModel(target_list(visit.viewer), notice))


@post("/slos/targets", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def save_org_target(
    visit: Injected[Visit],
    data: URLEncodedBody[FormBody],
    target_list: Injected[TargetList],
    set_target: Injected[SetTarget],
) -> Response[str] | Redirect:
    """Left empty, the org takes that of the org above."""
    sent = FormFields(data)
    org = sent.text("org")
    try:
        share = sent.number("share")
        set_target(SetTargetCommand(visit.viewer, TargetOf.ORG, org, share))
    except (Invalid, DomainError) as refused:
        (cure,) = errors_of(refused, "share").values()
        lines = target_list(visit.viewer)
        model = TargetsModel(lines, "", org, sent.text("share"), cure)
        return page(visit, "slo-targets.html", model, status=422)
    return see_other(visit, "/slos/targets?said=saved")


ROUTES = (list_targets, save_org_target)
