"""A student's ePortfolio: the collections, a new one, removal and its undoing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.queries.portfolio.portfolio_pages import PortfolioPage, PortfolioView
from application.use_cases.portfolio.keep_portfolio import MakeCollection, RemoveCollection
from domain.access import Right
from domain.errors import NonsenseValue
from domain.ids import CollectionId

PATH = "/portfolio"
_NOTICES = {
    "removed": "The collection is removed, and its shares open nothing. You can put it back below.",
    "back": "The collection is back, and so are its shares that have not ended.",
}


@dataclass(frozen=True, slots=True)
class PortfolioModel:
    view: PortfolioView
    notice: str = ""
    typed: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


@get(PATH, right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def my_portfolio(
    visit: Injected[Visit], portfolio_page: Injected[PortfolioPage], said: FromQuery[str] = ""
) -> Response[str]:
    model = PortfolioModel(portfolio_page(visit.person_id), _NOTICES.get(said, ""))
    return page(visit, "portfolio.html", model)


@post(PATH, right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def new_collection(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    make_collection: Injected[MakeCollection],
    portfolio_page: Injected[PortfolioPage],
) -> Response[str] | Redirect:
    title = FormFields(data).text("title")
    try:
        made = make_collection(visit.person_id, title)
    except (Invalid, NonsenseValue) as refused:
        view = portfolio_page(visit.person_id)
        model = PortfolioModel(view, "", title, errors_of(refused))
        return page(visit, "portfolio.html", model, status=422)
    return see_other(visit, f"{PATH}/{made}")


def errors_of(refused: Invalid | NonsenseValue) -> dict[str, str]:
    """The field that is wrong, with its cure."""
    cure = refused.cure if isinstance(refused, Invalid) else str(refused)
    return {refused.field: cure}


@post(f"{PATH}/{{collection_id:str}}/remove", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def remove(
    collection_id: FromPath[str],
    visit: Injected[Visit],
    remove_collection: Injected[RemoveCollection],
) -> Redirect:
    remove_collection(visit.person_id, CollectionId(collection_id), removed=True)
    return see_other(visit, f"{PATH}?said=removed")


@post(f"{PATH}/{{collection_id:str}}/restore", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def restore(
    collection_id: FromPath[str],
    visit: Injected[Visit],
    remove_collection: Injected[RemoveCollection],
) -> Redirect:
    remove_collection(visit.person_id, CollectionId(collection_id), removed=False)
    return see_other(visit, f"{PATH}?said=back")


ROUTES = (my_portfolio, new_collection, remove, restore)
