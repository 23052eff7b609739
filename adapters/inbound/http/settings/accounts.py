"""System Settings > Integrations > Canvas: the account for outcomes, who acts on it, pairing."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.lms.authorise import OnTheWay, to_the_lms
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid, NotFound
from application.ports.runtime import NewSecret
from application.use_cases.lms.authorise import BeginConsent
from application.use_cases.lms.authorise_account import ChooseAccount
from application.use_cases.lms.lms_sites import ListSites, SiteLine
from application.use_cases.lms.pair_orgs import (
    AcceptSuggestions,
    ListOrgPairings,
    OrgList,
    PairOrg,
    PairOrgCommand,
)
from application.use_cases.lms.revoke_authorisation import RevokeAccount
from domain.access import Right
from domain.ids import PersonId

_NOTICES = {
    "account": "Saved. Press Authorize, so that Attain may publish outcomes in this account.",
    "paired": "Saved. Orgs below inherit it until they have an account of their own.",
    "unpaired": "The org has no account of its own any more.",
    "suggested": "All suggestions were accepted. Outcomes can be synchronized now.",
}


class AccountForm(Struct, frozen=True):
    account_ref: str = ""
    csrf: str = ""


class HolderForm(Struct, frozen=True):
    person: str = ""
    csrf: str = ""


class PairForm(Struct, frozen=True):
    """An empty `account` takes the org's own pairing away."""

    org: str = ""
    account: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class AccountsPage:
    listed: OrgList
    notice: str
    errors: dict[str, str]
    typed: PairForm


@get("/settings/canvas/{name:str}/accounts", right=Right.RUN_SYSTEM)
async def accounts(
    visit: Injected[Visit],
    name: FromPath[str],
    list_org_pairings: Injected[ListOrgPairings],
    done: FromQuery[str] = "",
) -> Response[str]:
    listed = await list_org_pairings(name, visit.person_id)
    model = AccountsPage(listed, _NOTICES.get(done, ""), {}, PairForm())
    return page(visit, "settings-accounts.html", model)


@post("/settings/canvas/{name:str}/accounts", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_account(
    data: URLEncodedBody[AccountForm],
    visit: Injected[Visit],
    name: FromPath[str],
    choose_account: Injected[ChooseAccount],
) -> Redirect:
    choose_account(visit.person_id, name, data.account_ref)
    return see_other(visit, f"/settings/canvas/{name}/accounts?done=account")


@post("/settings/canvas/{name:str}/pairs", right=Right.RUN_SYSTEM)
async def save_pairing(
    data: URLEncodedBody[PairForm],
    visit: Injected[Visit],
    name: FromPath[str],
    pair_org: Injected[PairOrg],
    list_org_pairings: Injected[ListOrgPairings],
) -> Response[str] | Redirect:
    command = PairOrgCommand(visit.person_id, name, data.org, data.account, visit.person_id)
    try:
        pairing = await pair_org(command)
    except Invalid as wrong:
        listed = await list_org_pairings(name, visit.person_id)
        model = AccountsPage(listed, "", {f"account-{data.org}": wrong.cure}, data)
        return page(visit, "settings-accounts.html", model, status=422)
    done = "paired" if pairing else "unpaired"
    return see_other(visit, f"/settings/canvas/{name}/accounts?done={done}")


@post("/settings/canvas/{name:str}/suggestions", right=Right.RUN_SYSTEM)
async def take_suggestions(
    visit: Injected[Visit],
    name: FromPath[str],
    accept_suggestions: Injected[AcceptSuggestions],
) -> Redirect:
    await accept_suggestions(visit.person_id, name, visit.person_id)
    return see_other(visit, f"/settings/canvas/{name}/accounts?done=suggested")


@get("/settings/canvas/{name:str}/authorise", right=Right.RUN_SYSTEM, sync_to_thread=True)
def authorise_in_window(
    visit: Injected[Visit], name: FromPath[str], list_sites: Injected[ListSites]
) -> Response[str]:
    """Where *Authorize* in a frame leads: a page of our own window that goes on to the LMS."""
    site = _named(list_sites, name)
    model = OnTheWay(site.url, f"/settings/canvas/{site.name}/authorise", {})
    return page(visit, "to_canvas.html", model)


@post("/settings/canvas/{name:str}/authorise", right=Right.RUN_SYSTEM, sync_to_thread=True)
def begin_for_account(
    visit: Injected[Visit],
    name: FromPath[str],
    list_sites: Injected[ListSites],
    begin_consent: Injected[BeginConsent],
    new_secret: Injected[NewSecret],
) -> Redirect:
    """Off to the LMS; back here the rights in the chosen account are asked for."""
    site, binding = _named(list_sites, name), new_secret()
    url = begin_consent(
        site.id,
        person_id=visit.person_id,
        binding=binding,
        return_to=f"/settings/canvas?site={site.name}&done=authorised",
        for_account=True,
    )
    return to_the_lms(visit, url, binding)


@post("/settings/canvas/{name:str}/revoke", right=Right.RUN_SYSTEM, sync_to_thread=True)
def end_account(
    data: URLEncodedBody[HolderForm],
    visit: Injected[Visit],
    name: FromPath[str],
    list_sites: Injected[ListSites],
    revoke_account: Injected[RevokeAccount],
) -> Redirect:
    site = _named(list_sites, name)
    revoke_account(visit.person_id, site.id, PersonId(data.person))
    return see_other(visit, f"/settings/canvas?site={site.name}&done=revoked")


def _named(list_sites: ListSites, name: str) -> SiteLine:
    for site in list_sites():
        if site.name == name:
            return site
    raise NotFound(f"The Canvas site {name}")


ROUTES = (
    accounts,
    save_account,
    save_pairing,
    take_suggestions,
    authorise_in_window,
    begin_for_account,
    end_account,
)
