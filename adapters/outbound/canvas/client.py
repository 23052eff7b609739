"""Canvas' REST API for one person at one site: token, paging, decoding."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import httpx
from msgspec import DecodeError
from msgspec.json import Decoder, Encoder

from adapters.outbound.canvas.addresses import same_origin
from adapters.outbound.canvas.at_once import at_once
from adapters.outbound.canvas.errors import error_from, place, token_refused
from adapters.outbound.canvas.paging import Page, further_pages
from adapters.outbound.canvas.throttle import Throttle
from adapters.outbound.canvas.transport import Wire
from application.errors import LmsSpokeNonsense
from application.ports.lms_plugin import TokenSource

T = TypeVar("T")
Params = Sequence[tuple[str, str]]
_PER_PAGE = ("per_page", "100")
_JSON = Encoder(decimal_format="number")


@dataclass(frozen=True, slots=True)
class Body:
    """What a call carries: a form, JSON, a file in a form, or nothing."""

    form: Mapping[str, str] | None = None
    json: bytes | None = None
    file: bytes | None = None

    def request(self, http: httpx.AsyncClient, method: str, url: httpx.URL) -> httpx.Request:
        if self.json is not None:
            headers = {"Content-Type": "application/json"}
            return http.build_request(method, url, content=self.json, headers=headers)
        if self.file is not None:
            files = {"attachment": ("outcomes.csv", self.file, "text/csv")}
            return http.build_request(method, url, files=files)
        return http.build_request(method, url, data=self.form)


_NOTHING = Body()


@dataclass(slots=True, eq=False, repr=False)
class CanvasClient:
    """Calls relative to `origin`; paths begin with a slash and follow `/api/v1`."""

    wire: Wire
    origin: str
    tokens: TokenSource
    throttle: Throttle

    async def read(self, path: str, decoder: Decoder[T], params: Params = ()) -> T:
        return decoded(await self._get(self._url(path, params)), decoder)

    async def read_redirected(self, path: str, decoder: Decoder[T]) -> T:
        """What one redirect to the same origin leads to."""
        response = await self._answer("GET", self._url(path, ()), _NOTHING)
        if not response.has_redirect_location:
            return decoded(_good(response), decoder)
        target = response.url.join(response.headers["Location"])
        return decoded(await self._get(self._same_origin(response, target)), decoder)

    async def pages(
        self, path: str, decoder: Decoder[list[T]], params: Params = ()
    ) -> AsyncIterator[T]:
        """Every item of a list. Pages may be short, and only `Link` tells the last one."""
        url = following = self._url(path, (*params, _PER_PAGE))
        for _ in range(self.wire.settings.page_cap):
            page = await self._page(following, decoder)
            for item in page.items:
                yield item
            if page.following is None:
                return
            following = page.following
        raise _endless(url)

    async def whole(self, path: str, decoder: Decoder[list[T]], params: Params = ()) -> list[T]:
        """Every item of a list, in its order; its pages at once where Canvas numbers them.

        What is added meanwhile may make one more page, so the last one's link is followed.
        """
        url = self._url(path, (*params, _PER_PAGE))
        pages = [await self._page(url, decoder)]
        further = further_pages(pages[0], most=self.wire.settings.page_cap)
        async with at_once() as calls:
            pending = [calls.start(partial(self._page, each, decoder)) for each in further]
        pages += [page.answer for page in pending]
        while (following := pages[-1].following) is not None:
            if len(pages) >= self.wire.settings.page_cap:
                raise _endless(url)
            pages.append(await self._page(following, decoder))
        return [item for page in pages for item in page.items]

    async def write(
        self, method: str, path: str, form: Mapping[str, str], decoder: Decoder[T]
    ) -> T:
        """PUT or POST a form; never repeated but when throttled or with a renewed token."""
        return await self._written(method, path, Body(form=form), decoder)

    async def write_json(self, method: str, path: str, value: object, decoder: Decoder[T]) -> T:
        """As `write`, where a form cannot say it; decimals are written digit by digit."""
        return await self._written(method, path, Body(json=_JSON.encode(value)), decoder)

    async def upload(self, path: str, file: bytes, decoder: Decoder[T]) -> T:
        """POST a CSV file as the `attachment` of a form; repeated as little as `write`."""
        return await self._written("POST", path, Body(file=file), decoder)

    async def delete(self, path: str) -> None:
        await self._call("DELETE", self._url(path, ()), _NOTHING)

    async def _written(self, method: str, path: str, body: Body, decoder: Decoder[T]) -> T:
        return decoded(await self._call(method, self._url(path, ()), body), decoder)

    async def _page(self, url: httpx.URL, decoder: Decoder[list[T]]) -> Page[T]:
        response = await self._get(url)
        following, last = _linked(response, "next"), _linked(response, "last")
        if following is not None:
            following = self._same_origin(response, following)
        return Page(decoded(response, decoder), following, last)

    async def _get(self, url: httpx.URL) -> httpx.Response:
        return await self._call("GET", url, _NOTHING)

    async def _call(self, method: str, url: httpx.URL, body: Body) -> httpx.Response:
        return _good(await self._answer(method, url, body))

    async def _answer(self, method: str, url: httpx.URL, body: Body) -> httpx.Response:
        """One call; a refused token is renewed once, so a token that stays refused ends it."""
        token = await self.tokens.token()
        response = await self._send(method, url, body, token)
        if token_refused(response):
            token = await self.tokens.renewed(token)
            response = await self._send(method, url, body, token)
        return response

    async def _send(self, method: str, url: httpx.URL, body: Body, token: str) -> httpx.Response:
        request = body.request(self.wire.http, method, url)
        request.headers["Authorization"] = f"Bearer {token}"
        return await self.wire.exchange(request, self.throttle, repeatable=method == "GET")

    def _url(self, path: str, params: Params) -> httpx.URL:
        url = httpx.URL(f"{self.origin}/api/v1{path}")
        return url.copy_merge_params(list(params)) if params else url

    def _same_origin(self, response: httpx.Response, url: httpx.URL) -> httpx.URL:
        """An address that Canvas named, as it is. To another origin the token must not travel.

        Behind a proxy Canvas may write another scheme or host into its links; then the list
        cannot be read to its end, and half a list would be worse than none.
        """
        if not same_origin(url, self.origin):
            raise LmsSpokeNonsense(f"The next page lies at another address ({place(response)}).")
        return url


def _good(response: httpx.Response) -> httpx.Response:
    if not response.is_success:
        raise error_from(response)
    return response


def _linked(response: httpx.Response, relation: str) -> httpx.URL | None:
    link = response.links.get(relation)
    return None if link is None else httpx.URL(link["url"])


def _endless(url: httpx.URL) -> LmsSpokeNonsense:
    return LmsSpokeNonsense(f"A list of Canvas does not end (GET {url.path}).")


def decoded(response: httpx.Response, decoder: Decoder[T]) -> T:
    """Raises LmsSpokeNonsense for a body that is no JSON or not of this shape."""
    try:
        return decoder.decode(response.content)
    except (DecodeError, UnicodeDecodeError) as error:
        raise LmsSpokeNonsense(f"Canvas' answer does not decode ({place(response)}).") from error
