"""System Settings > Integrations > Canvas: sites, developer keys, authorisations."""

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.use_cases.lms.lms_sites import (
    ConfigureSite,
    ConfigureSiteCommand,
    ListSites,
    SiteLine,
)
from domain.access import Right

CALLBACK = "/integrations/canvas/callback"


_NOTICES = {
    "saved": "Saved.",
    "authorised": "Attain may now publish outcomes in this account.",
    "revoked": "The account authorization was given up. Outcomes that were sent stay in Canvas.",
}
_CHOOSE = "You have authorized for yourself. Choose the account next, then press Authorize again."


class SiteForm(Struct, frozen=True):
    """The Tool Key is write only: empty keeps the one that is stored."""

    name: str = ""
    url: str = ""
    client_id: str = ""
    client_secret: str = ""
    account_ref: str = ""
    test: str = ""
    active: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class CanvasSettingsPage:
    """`known` is the site under edit, None for a new one."""

    sites: Sequence[SiteLine]
    known: SiteLine | None
    form: SiteForm
    redirect_uri: str
    notice: str
    errors: dict[str, str]


@get("/settings/canvas", right=Right.RUN_SYSTEM, sync_to_thread=True)
def canvas_settings(
    visit: Injected[Visit],
    list_sites: Injected[ListSites],
    site: FromQuery[str] = "",
    done: FromQuery[str] = "",
) -> Response[str]:
    sites = list_sites()
    known = _named(sites, site)
    form = _filled(known) if known else SiteForm(name="" if sites else "main", active="yes")
    lacks = done == "authorised" and not (known and known.account_ref)
    notice = _CHOOSE if lacks else _NOTICES.get(done, "")
    model = CanvasSettingsPage(sites, known, form, visit.house.url(CALLBACK), notice, {})
    return page(visit, "settings-canvas.html", model)


@post("/settings/canvas", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_site(
    data: URLEncodedBody[SiteForm],
    visit: Injected[Visit],
    list_sites: Injected[ListSites],
    configure_site: Injected[ConfigureSite],
) -> Response[str] | Redirect:
    try:
        saved = configure_site(_command(data, visit))
    except (Invalid, Conflict) as wrong:
        sites = list_sites()
        errors = {wrong.field: wrong.cure} if isinstance(wrong, Invalid) else {"url": str(wrong)}
        known, uri = _named(sites, data.name), visit.house.url(CALLBACK)
        model = CanvasSettingsPage(sites, known, data, uri, "", errors)
        return page(visit, "settings-canvas.html", model, status=422)
    return see_other(visit, f"/settings/canvas?site={saved.name}&done=saved")


def _command(data: SiteForm, visit: Visit) -> ConfigureSiteCommand:
    return ConfigureSiteCommand(
        visit.person_id,
        data.name,
        data.url,
        data.client_id,
        data.client_secret,
        data.account_ref,
        test=bool(data.test),
        active=bool(data.active),
    )


def _named(sites: Sequence[SiteLine], name: str) -> SiteLine | None:
    wanted = name.strip().lower()
    return next((site for site in sites if site.name == wanted), None)


def _filled(site: SiteLine) -> SiteForm:
    return SiteForm(
        site.name,
        site.url,
        site.client_id,
        "",
        site.account_ref,
        "yes" if site.test else "",
        "yes" if site.active else "",
    )


ROUTES = (canvas_settings, save_site)
