"""What the LMS says before it asks anybody for consent: the client's set-up, and its clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from application.doctor.findings import Finding, bad, good
from application.ports.lms_plugin import ConsentPage, ConsentRefusal
from domain.lms_site import LmsSite

SCOPES = "add the missing scopes to the developer key, or switch off Enforce Scopes there"
_APART = timedelta(minutes=1)
"""Beyond this a launch may soon be refused: it is signed with the time in the LMS."""
_SHOWN = 5


def about_consent(site: LmsSite, page: ConsentPage, redirect_uri: str) -> Iterator[Finding]:
    """The LMS looks at the client first, then at the address, then at the scopes."""
    match page.refusal:
        case ConsentRefusal.CLIENT:
            says = "it may not ask anybody for authorization"
            cure = "switch the developer key on in Canvas, for the whole account"
            yield bad(named(site, "developer key"), says, cure)
            return
        case ConsentRefusal.REDIRECT:
            says = f"{redirect_uri} is not registered in the developer key"
            yield bad(named(site, "redirect URI"), says, "register exactly this address there")
            return
        case ConsentRefusal.OTHER:
            says = "Canvas refuses to ask anybody for authorization"
            cure = "press Authorize, and read what Canvas says there"
            yield bad(named(site, "developer key"), says, cure)
            return
    yield good(named(site, "redirect URI"), f"{redirect_uri} is registered")
    if page.refusal is ConsentRefusal.SCOPES:
        yield bad(named(site, "scopes"), _lacking(page.lacking), SCOPES)
    else:
        yield good(named(site, "scopes"), "the developer key has all that Attain asks for")


def about_clock(site: LmsSite, there: datetime, here: datetime) -> Finding:
    name = named(site, "clock")
    seconds = round((here - there).total_seconds())
    if abs(here - there) <= _APART:
        return good(name, "this machine and Canvas agree on the time")
    says = f"this machine is {abs(seconds)} s {'ahead of' if seconds > 0 else 'behind'} Canvas"
    return bad(name, says, "let the machine keep its time by NTP, or launches are refused")


def named(site: LmsSite, check: str) -> str:
    return f"canvas {site.name} {check}"


def _lacking(scopes: tuple[str, ...]) -> str:
    if not scopes:
        return "the developer key enforces scopes and lacks some that Attain asks for"
    more = f" and {len(scopes) - _SHOWN} more" if len(scopes) > _SHOWN else ""
    return f"the developer key lacks {', '.join(scopes[:_SHOWN])}{more}"
