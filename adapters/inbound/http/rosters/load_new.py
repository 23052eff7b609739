"""A new load of rosters: the file is sent, and compared before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.response import Redirect

from adapters.inbound.files.packages import PACKAGE_KINDS, PackageKind
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Invalid
from application.ports.runtime import Transact
from application.rosters.read_options import ENCODINGS, LoadReading
from application.use_cases.rosters.begin_load import BeginLoad, BeginLoadCommand
from domain.access import Right

LARGEST_UPLOAD = 500_000_000
_BLOCK = 1 << 20
_FIELDS = ("kind", "encoding", "orgs", "terms", "whole", "rekey", "move_sections")
_WHOLE = {"whole": True, "changes": False}
"""Without an answer the files are read as their kind is meant."""


@dataclass(frozen=True, slots=True)
class NewLoadModel:
    """`typed` is what was sent, by field."""

    kinds: tuple[PackageKind, ...]
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    encodings: tuple[str, ...] = ENCODINGS


@get("/loads/new", right=Right.RUN_SYSTEM, sync_to_thread=False)
def new_page(visit: Injected[Visit]) -> Response[str]:
    return page(visit, "load-new.html", NewLoadModel(tuple(PACKAGE_KINDS.values())))


@post("/loads/new", right=Right.RUN_SYSTEM, request_max_body_size=LARGEST_UPLOAD)
async def begin(
    request: AnyRequest,
    visit: Injected[Visit],
    begin_load: Injected[BeginLoad],
    transact: Injected[Transact],
) -> Response[str] | Redirect:
    """Take the file in: it is spooled to disk while it arrives, never held as a whole."""
    form = await request.form()
    typed = {name: str(form.get(name, "")) for name in _FIELDS}
    try:
        command = _command(visit, form.get("package"), typed)
        run_id = await transact(lambda: begin_load(command))
    except Invalid as wrong:
        kinds = tuple(PACKAGE_KINDS.values())
        model = NewLoadModel(kinds, typed, {wrong.field: wrong.cure})
        return page(visit, "load-new.html", model, status=422)
    finally:
        await form.close()
    return see_other(visit, f"/loads/{run_id}")


def _command(visit: Visit, package: object, typed: Mapping[str, str]) -> BeginLoadCommand:
    """Raises: Invalid for what no package can be read by."""
    kind = typed["kind"]
    if kind not in PACKAGE_KINDS:
        raise Invalid("kind", "choose the kind of the files.")
    if not isinstance(package, UploadFile) or not package.filename:
        raise Invalid("package", "choose a zip file.")
    file = package.file
    file.seek(0)
    return BeginLoadCommand(
        visit.person_id,
        kind,
        package.filename,
        partial(file.read, _BLOCK),
        typed["rekey"] == "yes",
        typed["move_sections"] == "yes",
        LoadReading(
            typed["encoding"] or ENCODINGS[0],
            _listed(typed["orgs"]),
            _listed(typed["terms"]),
            _WHOLE.get(typed["whole"]),
        ),
    )


def _listed(text: str) -> tuple[str, ...]:
    """What stands between commas, each once."""
    return tuple(dict.fromkeys(part for one in text.split(",") if (part := one.strip())))


ROUTES = (new_page, begin)
