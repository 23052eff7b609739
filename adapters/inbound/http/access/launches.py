"""The door for LTI: the signed launch, and the tool's configuration for the LMS."""

from dataclasses import dataclass

from litestar import MediaType, Request, Response, get, post
from litestar.datastructures.state import State
from litestar.response import Redirect

from adapters.inbound.http.access.start import launched
from adapters.inbound.http.cookies import SessionCookies
from adapters.inbound.http.counters import Counters
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.limits import FailureLimit
from adapters.inbound.http.proxies import TrustedProxies
from adapters.inbound.http.visit import Visit
from adapters.inbound.lti.public_url import PublicAddress, SeenRequest
from adapters.inbound.lti.tool_configuration import tool_configuration
from adapters.inbound.lti.verifier import LaunchRequest, LaunchVerifier
from application.errors import LaunchRejected
from application.ports.runtime import Transact
from application.use_cases.access.accept_launch import AcceptLaunch, LaunchAccepted
from application.use_cases.access.sessions import ContinueSession, ContinueSessionCommand
from application.use_cases.lms.lti_switch import ReadLtiSwitch
from domain.access import Right
from domain.ids import PersonId

_SUSPECT = {"launch-malformed", "launch-key-unknown", "launch-signature-invalid"}
"""What nobody's LMS sends by itself; a class of unmatched people behind one address is none."""


@dataclass(frozen=True, slots=True)
class LaunchDoor:
    """Verify and accept in one hop to a worker thread."""

    is_enabled: ReadLtiSwitch
    verify: LaunchVerifier
    accept: AcceptLaunch
    address: PublicAddress

    def __call__(self, seen: SeenRequest, content_type: str, body: bytes) -> LaunchAccepted:
        """Raises: LaunchRejected, `lti-disabled` before every other check."""
        if not self.is_enabled():
            raise LaunchRejected(
                "lti-disabled", "The connection to your LMS is switched off at the moment."
            )
        request = LaunchRequest("POST", self.address.url_of(seen), content_type, body)
        return self.accept(self.verify(request))


@post("/lti/launch", right=Right.OPEN_TO_ALL, signed_launch=True, status_code=303)
async def launch(
    request: Request[object, object, State],
    launch_door: Injected[LaunchDoor],
    proxies: Injected[TrustedProxies],
    failures: Injected[FailureLimit],
    counters: Injected[Counters],
    session_cookies: Injected[SessionCookies],
    transact: Injected[Transact],
    continue_session: Injected[ContinueSession],
) -> Redirect:
    """Let a signed launch in and go on to its page by a single-use code."""
    source = proxies.source_of(request)
    failures.check(source)
    seen, body = seen_request(request), await request.body()
    content_type = request.headers.get("content-type", "")
    try:
        accepted = await transact(lambda: launch_door(seen, content_type, body))
    except LaunchRejected as rejected:
        if rejected.rejected_as in _SUSPECT:
            failures.failed(source)
        counters.launch(rejected.rejected_as)
        raise
    counters.launch("ok")
    beside = await transact(
        lambda: _lives_on(continue_session, session_cookies, request, accepted.person_id)
    )
    return launched(session_cookies, accepted.started, beside=beside)


@get("/lti/config.xml", right=Right.OPEN_TO_ALL, media_type=MediaType.XML, sync_to_thread=False)
def config_xml(visit: Injected[Visit]) -> Response[str]:
    """The cartridge that Canvas takes by URL or paste; it holds no key and no secret."""
    return Response(tool_configuration(visit.house.base_url), media_type="application/xml")


def _lives_on(
    continue_session: ContinueSession,
    cookies: SessionCookies,
    request: Request[object, object, State],
    person_id: PersonId,
) -> bool:
    """Whether a session of the same person lives on this browser's cookie.

    Somebody else's is replaced: on a shared machine the last one who came in is in.
    A browser that cannot use a path token keeps to its one cookie.
    """
    secrets = cookies.read(request.cookies)
    if not secrets or "sec-fetch-site" not in request.headers:
        return False
    held = continue_session(ContinueSessionCommand(cookies=secrets))
    return held is not None and held.person.id == person_id


def seen_request(request: Request[object, object, State]) -> SeenRequest:
    """The request as it reached this server, before any proxy's word is believed."""
    scope = request.scope
    return SeenRequest(
        scheme=scope["scheme"],
        host=request.headers.get("host", ""),
        raw_path=scope["raw_path"],
        raw_query=scope["query_string"],
        client=request.client.host if request.client else "",
        headers={name.lower(): value for name, value in request.headers.items()},
    )


ROUTES = (launch, config_xml)
