"""Scripts and styles, named by the hash of them all so that browsers may keep them."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from litestar import Response, get
from litestar.params import FromPath

from application.errors import NotFound
from domain.access import Right

_FOLDER = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_FRAME = "attain.css"
_FRAME_PARTS = (
    "layers", "reset", "tokens", "base", "layout", "panels", "forms", "tables", "utilities",
)  # fmt: skip
"""Files of the folder `attain`, in the order in which `attain.css` holds them."""
_FOR_GOOD = "public, max-age=31536000, immutable"


@cache
def files() -> dict[str, bytes]:
    """By name. The sheet that every page asks for is one, however many files it is written in."""
    found = sorted(path for path in _FOLDER.iterdir() if path.suffix in _TYPES)
    parts = (_FOLDER / "attain" / f"{name}.css" for name in _FRAME_PARTS)
    frame = b"\n".join(path.read_bytes() for path in parts)
    return {_FRAME: frame, **{path.name: path.read_bytes() for path in found}}


@cache
def digest() -> str:
    """One hash for all: modules import each other by relative address."""
    whole = sha256()
    for name, content in files().items():
        whole.update(name.encode() + b"\0" + content + b"\0")
    return whole.hexdigest()[:16]


def static(name: str) -> str:
    """The address of a file. Raises KeyError for a file that is not there."""
    if name not in files():
        raise KeyError(name)
    return f"/static/{digest()}/{name}"


@get("/static/{asked:str}/{name:str}", right=Right.OPEN_TO_ALL, sync_to_thread=False)
def static_file(asked: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """An older or newer page's hash gets the present file, which must not be kept."""
    if name not in files():
        raise NotFound("This file")
    kept = _FOR_GOOD if asked == digest() else "no-store"
    return Response(
        files()[name],
        media_type=_TYPES[Path(name).suffix],
        headers={"Cache-Control": kept},
    )
