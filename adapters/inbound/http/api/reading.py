"""The desk at which reading handlers ask: a page of a list, or one record with its ETag."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from litestar import Response

from adapters.inbound.http.api.etags import etag_of
from adapters.inbound.http.api.paging import PageAsked
from adapters.inbound.http.api.wire import Listed
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from application.queries.lists.listed_records import Ask, FindRecord, ListRecords

R = TypeVar("R")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Lists:
    """For the caller, the page that is asked for."""

    caller: Caller
    list_records: ListRecords
    asked: PageAsked

    def page(self, ask: Ask[R], shape: Callable[[R], S]) -> Response[Listed[S]]:
        found = self.list_records(self.caller.viewer, ask, self.asked.turn)
        return self.asked.answer(found, shape)


@dataclass(frozen=True, slots=True)
class OneOf:
    """For the caller, one record."""

    caller: Caller
    find_record: FindRecord

    def shape(self, ask: Ask[R], what: str, shape: Callable[[R], S]) -> Response[S]:
        """Raises NotFound."""
        return with_etag(shape(self.record(ask, what)))

    def record(self, ask: Ask[R], what: str) -> R:
        """Raises NotFound."""
        return self.find_record(self.caller.viewer, ask, what)


def with_etag(shape: S, status: int = 200) -> Response[S]:
    return Response(shape, status_code=status, headers={"ETag": etag_of(shape)})


def made(address: str, shape: S, status: int = 201) -> Response[S]:
    """A record that was made, and where it stands."""
    return Response(
        shape, status_code=status, headers={"ETag": etag_of(shape), "Location": address}
    )


def provide_lists(
    caller: Injected[Caller],
    list_records: Injected[ListRecords],
    page_asked: Injected[PageAsked],
) -> Lists:
    return Lists(caller, list_records, page_asked)


def provide_one_of(caller: Injected[Caller], find_record: Injected[FindRecord]) -> OneOf:
    return OneOf(caller, find_record)
