"""Links that copied LMS courses brought along, in one list."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import AnyRequest, Visit
from application.queries.lms.link_offers import LinkOffers, OfferLine
from application.use_cases.lms.decide_offers import DecideOffers, DecideOffersCommand
from domain.access import Right
from domain.ids import OfferId


@dataclass(frozen=True, slots=True)
class OffersModel:
    """`decided` and `left` are what the last press did; `linked` says which press it was."""

    lines: list[OfferLine]
    decided: int | None = None
    left: int = 0
    linked: bool = False
    problem: str = ""

    @property
    def ready(self) -> int:
        return sum(line.work_id is not None for line in self.lines)


@get("/links/offers", right=Right.SYNC_OUTCOMES, sync_to_thread=True)
def list_offers(
    request: AnyRequest, visit: Injected[Visit], link_offers: Injected[LinkOffers]
) -> Response[str]:
    asked = FormFields(dict(request.query_params.dict()))
    decided = asked.whole("decided") if asked.text("decided") else None
    lines = link_offers(visit.viewer)
    model = OffersModel(lines, decided, asked.whole("left"), asked.text("how") == "linked")
    return page(visit, "link-offers.html", model)


@post("/links/offers", right=Right.SYNC_OUTCOMES, sync_to_thread=True)
def decide(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    link_offers: Injected[LinkOffers],
    decide_offers: Injected[DecideOffers],
) -> Response[str] | Redirect:
    """`then` says what, and whether for the ticked ones or for all."""
    sent = FormFields(data)
    chosen = frozenset(OfferId(one) for one in sent.every("offer"))
    accept = sent.text("then").startswith("accept")
    if not chosen and not sent.text("then").endswith("all"):
        problem = "Choose at least one link."
        model = OffersModel(link_offers(visit.viewer), problem=problem)
        return page(visit, "link-offers.html", model, status=422)
    offers = None if sent.text("then").endswith("all") else chosen
    report = decide_offers(DecideOffersCommand(visit.viewer, accept, offers))
    how = "linked" if accept else "declined"
    done = f"decided={report.decided}&left={report.left}&how={how}"
    return see_other(visit, f"/links/offers?{done}")


ROUTES = (list_offers, decide)
