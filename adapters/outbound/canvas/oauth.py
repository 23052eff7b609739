"""Canvas' OAuth2: consent, code to tokens, refresh, and giving a token back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import httpx
from msgspec import DecodeError, Struct
from msgspec.json import Decoder

from adapters.outbound.canvas import payloads, translate
from adapters.outbound.canvas.client import decoded
from adapters.outbound.canvas.errors import error_from, place, token_refused
from adapters.outbound.canvas.scopes import SCOPES
from adapters.outbound.canvas.transport import Wire
from application.errors import LmsSpokeNonsense, LmsUnauthorised, LmsUnavailable
from application.ports.lms_plugin import Grant, SiteAccess
from application.ports.runtime import Clock

_CONSENT = "/login/oauth2/auth"
_TOKEN = "/login/oauth2/token"  # noqa: S105 a path
_OUR_FAULT = frozenset(
    {"invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"}
)
"""Errors of the developer key or of our call: the person's consent may be as good as ever."""


class _OAuthError(Struct, frozen=True):
    error: str = ""


_ERROR = Decoder(_OAuthError)


@dataclass(slots=True, eq=False, repr=False)
class CanvasOAuth:
    """The conversation about tokens. No error of it carries a secret, a code or a token."""

    wire: Wire
    clock: Clock

    def consent_url(self, site: SiteAccess, *, redirect_uri: str, state: str) -> str:
        """Raises LmsRefused for an address where no call may go."""
        settings = self.wire.settings
        params = {
            "client_id": site.client_id,
            "response_type": "code",
            "redirect_uri": redirect_uri,
            "state": state,
            "purpose": settings.purpose,
        }
        if settings.ask_scopes:
            params["scope"] = " ".join(SCOPES)
        url = httpx.URL(f"{site.url}{_CONSENT}")
        self.wire.guard.check_name(url)
        return str(url.copy_merge_params(params))

    async def redeem(self, site: SiteAccess, *, code: str, redirect_uri: str) -> Grant:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        return await self._grant(site, form)

    async def refresh(self, site: SiteAccess, *, refresh_token: str) -> Grant:
        return await self._grant(
            site, {"grant_type": "refresh_token", "refresh_token": refresh_token}
        )

    async def revoke(self, site: SiteAccess, *, access_token: str) -> None:
        headers = {"Authorization": f"Bearer {access_token}"}
        response = await self._send(site, httpx.Request("DELETE", _url(site), headers=headers))
        if not (response.is_success or token_refused(response)):
            raise error_from(response)

    async def _grant(self, site: SiteAccess, form: Mapping[str, str]) -> Grant:
        client = {"client_id": site.client_id, "client_secret": site.client_secret}
        request = self.wire.http.build_request("POST", _url(site), data={**form, **client})
        response = await self._send(site, request)
        if not response.is_success:
            raise _refusal(response)
        token = decoded(response, payloads.TOKEN)
        lasts = token.expires_in
        return Grant(
            access_token=token.access_token,
            refresh_token=token.refresh_token,
            expires_at=None if lasts is None else self.clock.now() + timedelta(seconds=lasts),
            account=translate.account_from(payloads.UserPayload(id=token.user.id)),
        )

    async def _send(self, site: SiteAccess, request: httpx.Request) -> httpx.Response:
        throttle = self.wire.throttles.of(("oauth", site.url))
        return await self.wire.exchange(request, throttle, repeatable=False)


def _url(site: SiteAccess) -> str:
    return f"{site.url}{_TOKEN}"


def _refusal(response: httpx.Response) -> Exception:
    """What a refused token call means.

    A POST that carries a redirect_uri may be answered by a redirect whose query tells the
    error. It is read, never followed: the form holds the client's secret.
    """
    error = _redirected_error(response) if response.is_redirect else _json_error(response)
    if error in _OUR_FAULT:
        return LmsUnavailable(
            f"Canvas does not accept the developer key: {error}. Check Tool ID and Tool Key."
        )
    if error and response.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
        return LmsUnauthorised("Canvas asks for your authorization again.")
    if response.is_redirect:
        return LmsSpokeNonsense(f"Canvas answered with a redirect ({place(response)}).")
    if response.is_client_error:
        return LmsUnavailable(f"Canvas refused with {response.status_code} ({place(response)}).")
    return error_from(response)


def _redirected_error(response: httpx.Response) -> str:
    return str(httpx.URL(response.headers["Location"]).params.get("error", ""))


def _json_error(response: httpx.Response) -> str:
    try:
        return _ERROR.decode(response.content).error
    except DecodeError:
        return ""
