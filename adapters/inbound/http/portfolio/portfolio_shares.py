"""With whom a collection is shared, until when: new shares, other addresses, ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from litestar import Response, get, post
from litestar.di import Provide
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.form_fields import FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.portfolio.portfolio import PATH
from adapters.inbound.http.visit import House, Visit
from application.errors import Invalid
from application.queries.portfolio.portfolio_pages import CollectionPage, CollectionPageView
from application.use_cases.portfolio.share_portfolio import (
    ReaddressShare,
    RevokeShare,
    ShareCollection,
    ShareCommand,
    Shared,
)
from domain.access import Right
from domain.ids import CollectionId, ShareId

_SHARES = f"{PATH}/{{collection_id:str}}/shares"
_NOTICES = {"revoked": "The share is revoked. Its address opens nothing any more."}


class ShareForm(Struct, frozen=True):
    label: str = ""
    last_day: str = ""
    share: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class SharesModel:
    page: CollectionPageView
    typed: ShareForm
    notice: str = ""
    made: Shared | None = None
    address: str = ""
    """Of `made`, shown once."""
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShareDesk:
    """What the page shows besides the outcome of a form."""

    collection_page: CollectionPage
    house: House

    def shown(
        self,
        visit: Visit,
        collection_id: str,
        notice: str = "",
        *,
        made: Shared | None = None,
        typed: ShareForm | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> Response[str]:
        view = self.collection_page(visit.person_id, CollectionId(collection_id))
        proposed = typed or ShareForm(last_day=view.usual_day.isoformat())
        address = self.house.url(f"/p/{made.code}") if made else ""
        model = SharesModel(view, proposed, notice, made, address, errors or {})
        return page(visit, "portfolio-shares.html", model, status=422 if errors else 200)


def provide_share_desk(
    collection_page: Injected[CollectionPage], house: Injected[House]
) -> ShareDesk:
    return ShareDesk(collection_page, house)


_DESK = {"share_desk": Provide(provide_share_desk, sync_to_thread=False)}


@get(_SHARES, right=Right.SEE_OWN_RESULTS, sync_to_thread=True, dependencies=_DESK)
def shares(
    collection_id: FromPath[str],
    visit: Injected[Visit],
    share_desk: Injected[ShareDesk],
    said: FromQuery[str] = "",
) -> Response[str]:
    return share_desk.shown(visit, collection_id, _NOTICES.get(said, ""))


@post(
    _SHARES, right=Right.SEE_OWN_RESULTS, sync_to_thread=True, status_code=200, dependencies=_DESK
)
def share(
    collection_id: FromPath[str],
    data: URLEncodedBody[ShareForm],
    visit: Injected[Visit],
    share_collection: Injected[ShareCollection],
    share_desk: Injected[ShareDesk],
) -> Response[str]:
    """Answers the page itself: a redirect would have to carry the address somewhere."""
    try:
        last_day = FormFields({"last_day": data.last_day}).day("last_day")
        made = share_collection(
            ShareCommand(visit.person_id, CollectionId(collection_id), last_day, data.label)
        )
    except Invalid as wrong:
        return share_desk.shown(visit, collection_id, typed=data, errors={wrong.field: wrong.cure})
    return share_desk.shown(visit, collection_id, made=made)


@post(
    f"{_SHARES}/address",
    right=Right.SEE_OWN_RESULTS,
    sync_to_thread=True,
    status_code=200,
    dependencies=_DESK,
)
def readdress(
    collection_id: FromPath[str],
    data: URLEncodedBody[ShareForm],
    visit: Injected[Visit],
    readdress_share: Injected[ReaddressShare],
    share_desk: Injected[ShareDesk],
) -> Response[str]:
    made = readdress_share(visit.person_id, ShareId(data.share))
    return share_desk.shown(visit, collection_id, made=made)


@post(f"{_SHARES}/revoke", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def revoke(
    collection_id: FromPath[str],
    data: URLEncodedBody[ShareForm],
    visit: Injected[Visit],
    revoke_share: Injected[RevokeShare],
) -> Redirect:
    ended = revoke_share(visit.person_id, ShareId(data.share))
    del collection_id
    return see_other(visit, f"{PATH}/{ended.collection_id}/shares?said=revoked")


ROUTES = (shares, share, readdress, revoke)
