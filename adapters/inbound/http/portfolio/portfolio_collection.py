"""One collection to work on: words, order, what is added and taken out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.portfolio.portfolio import PATH, errors_of
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.queries.portfolio.portfolio_pages import CollectionPage, CollectionPageView
from application.use_cases.portfolio.keep_portfolio import (
    Act,
    AddItems,
    AddItemsCommand,
    WriteCollection,
    WriteCollectionCommand,
)
from domain.access import Right
from domain.errors import NonsenseValue
from domain.ids import CollectionId, EvidenceId, ItemId, SectionAssessmentId

_LARGEST = 20_000_000
"""Bytes of a form with every reflection at its longest, in any script."""
_FIELDS = {"address": "url", "number of items": "what"}
"""The fields of the page behind the names that the domain gives them."""
_NOTICES = {
    "saved": "Saved.",
    "up": "Saved, and moved up.",
    "down": "Saved, and moved down.",
    "out": "Saved, and taken out. It stands below with its text, and you can put it back.",
    "back": "Saved, and put back.",
    "add": "Saved, and added at the end.",
}


@dataclass(frozen=True, slots=True)
class CollectionModel:
    """`typed` is what the fields hold: title, reflection, url, url_title, and by item id.

    `stored` is True after a conflict: what is typed is here, something else is stored.
    """

    page: CollectionPageView
    typed: Mapping[str, str]
    notice: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    stored: bool = False


@get(f"{PATH}/{{collection_id:str}}", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def collection(
    collection_id: FromPath[str],
    visit: Injected[Visit],
    collection_page: Injected[CollectionPage],
    said: FromQuery[str] = "",
) -> Response[str]:
    view = collection_page(visit.person_id, CollectionId(collection_id))
    return page(
        visit, "portfolio-collection.html",
        CollectionModel(view, _stored(view), _NOTICES.get(said, "")),
    )  # fmt: skip


@post(
    f"{PATH}/{{collection_id:str}}",
    right=Right.SEE_OWN_RESULTS,
    sync_to_thread=True,
    request_max_body_size=_LARGEST,
)
def write(
    collection_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    write_collection: Injected[WriteCollection],
    add_items: Injected[AddItems],
    collection_page: Injected[CollectionPage],
) -> Response[str] | Redirect:
    """Every button of the page: the words are saved first, then what it asks for is done."""
    sent, own = FormFields(data), CollectionId(collection_id)
    deed, _, item_id = sent.text("then").partition(":")
    try:
        write_collection(_written(visit, own, sent, deed, item_id))
        if deed == "add":
            add_items(_added(visit, own, sent))
    except (Invalid, NonsenseValue) as refused:
        view = collection_page(visit.person_id, own)
        errors = {_FIELDS.get(at, at): cure for at, cure in errors_of(refused).items()}
        model = CollectionModel(view, _typed(sent), errors=errors)
        return page(visit, "portfolio-collection.html", model, status=422)
    except Conflict:
        view = collection_page(visit.person_id, own)
        model = CollectionModel(view, {**_stored(view), **_typed(sent)}, stored=True)
        return page(visit, "portfolio-collection.html", model, status=409)
    done = deed if deed in _NOTICES else "saved"
    return see_other(visit, f"{PATH}/{own}?said={done}")


def _written(
    visit: Visit, own: CollectionId, sent: FormFields, deed: str, item_id: str
) -> WriteCollectionCommand:
    return WriteCollectionCommand(
        visit.person_id,
        own,
        sent.text("title"),
        sent.text("reflection"),
        {ItemId(one): sent.text(f"reflection-{one}") for one in sent.after("reflection-")},
        sent.whole("seen"),
        Act(deed) if deed in set(Act) else None,
        ItemId(item_id) if item_id else None,
    )


def _added(visit: Visit, own: CollectionId, sent: FormFields) -> AddItemsCommand:
    return AddItemsCommand(
        visit.person_id,
        own,
        tuple(SectionAssessmentId(one) for one in sent.every("work")),
        tuple(EvidenceId(one) for one in sent.every("evidence")),
        sent.text("url"),
        sent.text("url_title"),
    )


def _stored(view: CollectionPageView) -> dict[str, str]:
    own = view.view.collection
    texts = {str(item.id): item.reflection for item in own.items}
    return {"title": own.title, "reflection": own.reflection, "url": "", "url_title": "", **texts}


def _typed(sent: FormFields) -> dict[str, str]:
    texts = {one: sent.text(f"reflection-{one}") for one in sent.after("reflection-")}
    fields = {name: sent.text(name) for name in ("title", "reflection", "url", "url_title")}
    return {**fields, **texts}


ROUTES = (collection, write)
