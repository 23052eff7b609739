"""A person's own tokens for the API: made, shown once, revoked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from litestar import Response, get, post
from litestar.di import Provide
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import House, Visit
from application.errors import Forbidden, Invalid
from application.org_tree import TreeOrg
from application.queries.access.token_list import ListTokens, TokenLine, TokenOrgs
from application.use_cases.access.api_tokens import (
    MakeToken,
    NewToken,
    NewTokenCommand,
    RevokeToken,
    RevokeTokenCommand,
)
from domain.access import Right
from domain.api_token import TokenScope
from domain.ids import ApiTokenId, OrgId

PATH = "/account/tokens"
_DAYS = ("30", "90", "365")
_NOTICES = {"revoked": "The token is revoked. Its next call is refused."}


class NewTokenForm(Struct, frozen=True):
    label: str = ""
    scope: str = TokenScope.READ.value
    days: str = "90"
    org: str = ""
    csrf: str = ""


class TokenForm(Struct, frozen=True):
    id: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class TokensPage:
    tokens: Sequence[TokenLine]
    address: str
    """Where the API begins."""
    notice: str = ""
    made: NewToken | None = None
    typed: NewTokenForm = field(default_factory=NewTokenForm)
    errors: dict[str, str] = field(default_factory=dict)
    days: Sequence[str] = _DAYS
    orgs: Sequence[TreeOrg] = ()
    """To one of which a token can be narrowed."""


@dataclass(frozen=True, slots=True)
class TokenDesk:
    """What the page shows besides the outcome of a form."""

    list_tokens: ListTokens
    token_orgs: TokenOrgs
    house: House

    def page(
        self,
        visit: Visit,
        *,
        notice: str = "",
        made: NewToken | None = None,
        typed: NewTokenForm | None = None,
        errors: dict[str, str] | None = None,
    ) -> Response[str]:
        model = TokensPage(
            self.list_tokens(visit.person_id),
            self.house.url("/api/v1"),
            notice,
            made,
            typed or NewTokenForm(),
            errors or {},
            orgs=self.token_orgs(visit.person_id, visit.role),
        )
        return page(visit, "account-tokens.html", model, status=422 if errors else 200)


def provide_token_desk(
    list_tokens: Injected[ListTokens], token_orgs: Injected[TokenOrgs], house: Injected[House]
) -> TokenDesk:
    return TokenDesk(list_tokens, token_orgs, house)


_DESK = {"token_desk": Provide(provide_token_desk, sync_to_thread=False)}


@get(PATH, right=Right.USE_API, sync_to_thread=True, dependencies=_DESK)
def tokens(
    visit: Injected[Visit], token_desk: Injected[TokenDesk], done: FromQuery[str] = ""
) -> Response[str]:
    return token_desk.page(visit, notice=_NOTICES.get(done, ""))


@post(PATH, right=Right.USE_API, sync_to_thread=True, status_code=200, dependencies=_DESK)
def new_token(
    data: URLEncodedBody[NewTokenForm],
    visit: Injected[Visit],
    make_token: Injected[MakeToken],
    token_desk: Injected[TokenDesk],
) -> Response[str]:
    """Answers the page itself: a redirect would have to carry the token somewhere."""
    if data.scope not in set(TokenScope) or data.days not in _DAYS:
        raise Invalid("scope", "choose from what the form offers.")
    command = NewTokenCommand(
        visit.person_id,
        visit.person_id,
        visit.role,
        TokenScope(data.scope),
        data.label,
        int(data.days),
        OrgId(data.org) if data.org else None,
    )
    try:
        made = make_token(command)
    except Invalid as wrong:
        return token_desk.page(visit, typed=data, errors={wrong.field: wrong.cure})
    except Forbidden as refused:
        return token_desk.page(
            visit, typed=data, errors={"org" if data.org else "scope": str(refused)}
        )
    return token_desk.page(visit, made=made)


@post(f"{PATH}/revoke", right=Right.USE_API, sync_to_thread=True)
def revoke_token(
    data: URLEncodedBody[TokenForm], visit: Injected[Visit], revoke_token: Injected[RevokeToken]
) -> Redirect:
    revoke_token(RevokeTokenCommand(visit.person_id, ApiTokenId(data.id), visit.person_id))
    return see_other(visit, f"{PATH}?done=revoked")


ROUTES = (tokens, new_token, revoke_token)
