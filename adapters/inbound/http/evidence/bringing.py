"""Bringing evidence, whatever it is about: files of a plain form, one streamed file, a link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from litestar import Response, post
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import see_other
from adapters.inbound.http.uploads import LARGEST_FORM, Refusal, add_sent, add_streamed
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Conflict, Invalid
from application.ports.runtime import Transact
from application.use_cases.evidence.add_evidence import AddFile, AddLink, AddLinkCommand
from domain.access import Right
from domain.evidence import EvidenceTarget


@dataclass(frozen=True, slots=True)
class EvidenceForm:
    """What came of a form. The texts are what was typed and could not be kept.

    `about` is the student chosen in it, empty where none is to be chosen.
    """

    about: str = ""
    refused: tuple[Refusal, ...] = ()
    added: int = 0
    errors: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Bringing:
    """Who brings evidence on which page, `base`; `again` draws that page with what came of it.

    `target` is asked with the student whom the form names.
    """

    visit: Visit
    base: str
    target: Callable[[str], EvidenceTarget]
    again: Callable[[EvidenceForm], Response[str]]
    transact: Transact

    async def files(self, request: AnyRequest, add_file: AddFile) -> Response[str] | Redirect:
        """Of the plain form, without script: each is taken or refused by itself."""
        form = await request.form()
        about, description = (str(form.get(name, "")) for name in ("student", "description"))
        try:
            sent, target = form.getall("files", []), self.target(about)
            added, refused = await add_sent(sent, self.visit.viewer, target, add_file, description)
        finally:
            await form.close()
        if added and not refused:
            return self._added(len(added))
        errors = {} if refused else {"files": "choose at least one file."}
        came = EvidenceForm(about, tuple(refused), len(added), errors)
        return await self.transact(lambda: self.again(came))

    async def file(self, request: AnyRequest, add_file: AddFile) -> Response[dict[str, str]]:
        """The body itself; `upload.js` asks, and names a student in a header."""
        target = self.target(request.headers.get("x-student", ""))
        return await add_streamed(request, self.visit.viewer, target, add_file)

    async def link(self, request: AnyRequest, add_link: AddLink) -> Response[str] | Redirect:
        form = await request.form()
        names = ("url", "title", "description", "student")
        url, title, description, about = (str(form.get(name, "")) for name in names)
        target = self.target(about)
        command = AddLinkCommand(self.visit.viewer, target, url, title, description)
        try:
            await self.transact(lambda: add_link(command))
        except (Invalid, Conflict) as wrong:
            said = wrong.cure if isinstance(wrong, Invalid) else str(wrong)
            came = EvidenceForm(
                about, errors={"url": said}, url=url, title=title, description=description
            )
            return await self.transact(lambda: self.again(came))
        return self._added(1)

    def _added(self, count: int) -> Redirect:
        return see_other(self.visit, f"{self.base}?added={count}")


async def add_files(
    request: AnyRequest, bringing: Injected[Bringing], add_file: Injected[AddFile]
) -> Response[str] | Redirect:
    return await bringing.files(request, add_file)


async def add_one_file(
    request: AnyRequest, bringing: Injected[Bringing], add_file: Injected[AddFile]
) -> Response[dict[str, str]]:
    return await bringing.file(request, add_file)


async def add_one_link(
    request: AnyRequest, bringing: Injected[Bringing], add_link: Injected[AddLink]
) -> Response[str] | Redirect:
    return await bringing.link(request, add_link)


def bringing_routes(
    path: str,
    right: Right,
    provide_bringing: Callable[..., Bringing],
    needs: Mapping[str, Provide] = MappingProxyType({}),
) -> tuple[HTTPRouteHandler, ...]:
    """All ways to bring evidence to the page at `path`; `provide_bringing` is injected.

    `needs` is what it asks for besides what every handler is given.
    """
    given = {**needs, "bringing": Provide(provide_bringing, sync_to_thread=False)}
    form = post(path, right=right, dependencies=given, request_max_body_size=LARGEST_FORM)
    stream = post(f"{path}/file", right=right, dependencies=given, request_max_body_size=None)
    link = post(f"{path}/link", right=right, dependencies=given)
    return form(add_files), stream(add_one_file), link(add_one_link)
