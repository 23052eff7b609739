"""A roster package: a folder or a zip of CSV files, looked into with care."""

import io
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from adapters.inbound.files.decoding import Decoding, decoding_of
from application.errors import Invalid

LARGEST = 4 * 1024**3
"""Bytes of a whole package, unpacked; the largest college we know of needs a tenth."""
_SUSPICIOUS_RATIO = 200
_SMALL = 10 * 1024**2
_CHUNK = 1024**2
_ENCRYPTED = 0x1
_BUFFER = 64 * 1024
_HEAD = 4096
_MOST_FILES = 10_000
_UNPACKING = (BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError)
"""What the standard library raises for a member that is not as the zip promises."""


@dataclass(frozen=True, slots=True)
class Package:
    """The CSV files of a folder or zip by name; junk that systems add is left out.

    `wrapped` names the folder that everything was put into against the standard, or is
    empty. Reading is by stream: no file is held in memory as a whole.
    """

    path: Path
    members: dict[str, str]
    """The name in the standard's sense -> where it lies."""
    wrapped: str
    left_out: tuple[str, ...] = ()
    """Files of a zip that lie in other folders than the CSV files."""

    def find(self, name: str) -> str | None:
        """The name as written in the package; case is forgiven, exact names go first."""
        if name in self.members:
            return name
        return next((n for n in self.members if n.casefold() == name.casefold()), None)

    @contextmanager
    def text(self, name: str, encoding: str) -> Iterator[tuple[Decoding, IO[str]]]:
        """The text of a file, ends of line untouched, and how its bytes were understood."""
        with self._bytes(name) as raw, io.BufferedReader(_Readable(raw), _BUFFER) as buffered:
            decoding = decoding_of(buffered.peek(_HEAD)[:_HEAD], encoding)
            with io.TextIOWrapper(buffered, decoding.encoding, decoding.errors, newline="") as text:
                yield decoding, text

    def digest(self) -> str:
        """A hash of all names and contents: the same upload has the same one.

        Raises:
            Invalid: a member of a zip cannot be unpacked whole.
        """
        total = sha256()
        for name in sorted(self.members):
            total.update(name.encode("utf-8", "surrogateescape") + b"\0")
            with self._bytes(name) as raw:
                try:
                    while block := raw.read(_CHUNK):
                        total.update(block)
                except _UNPACKING as damage:
                    cure = f"{name} in {self.path.name} is damaged; pack or upload it again."
                    raise Invalid("package", cure) from damage
        return total.hexdigest()

    @contextmanager
    def _bytes(self, name: str) -> Iterator[IO[bytes]]:
        if self.path.is_dir():
            with (self.path / self.members[name]).open("rb") as raw:
                yield raw
        else:
            with ZipFile(self.path) as zipped, self._member(zipped, name) as raw:
                yield raw

    def _member(self, zipped: ZipFile, name: str) -> IO[bytes]:
        try:
            return zipped.open(self.members[name])
        except _UNPACKING as damage:
            cure = f"{name} in {self.path.name} cannot be unpacked; pack it as a plain zip."
            raise Invalid("package", cure) from damage


class _Readable(io.RawIOBase):
    """A plain byte stream as raw input of a buffered reader, which can peek."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int] | bytearray") -> int:  # type: ignore[override]
        block = self._source.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)


def open_package(path: Path) -> Package:
    """Look into a folder or zip.

    Raises:
        Invalid: it is neither, is damaged, encrypted, too large, or reaches outside itself.
    """
    if path.is_dir():
        names = [p.name for p in path.iterdir() if p.is_file() and not p.name.startswith(".")]
        return Package(path, {name: name for name in sorted(names)}, "")
    if not path.is_file():
        raise Invalid("package", f"there is no folder or zip at {path}.")
    try:
        with ZipFile(path) as zipped:
            return _zip_package(path, zipped.infolist())
    except (BadZipFile, UnicodeDecodeError, ValueError, NotImplementedError):
        raise Invalid("package", f"{path.name} is no zip, or its upload was cut.") from None


def _zip_package(path: Path, infos: list[ZipInfo]) -> Package:
    if len(infos) > _MOST_FILES:
        raise Invalid("package", f"{path.name} holds more than {_MOST_FILES} files.")
    kept = [info for info in infos if not info.is_dir() and not _is_junk(info.filename)]
    for info in kept:
        _refuse_danger(path.name, info)
    if sum(info.file_size for info in kept) > LARGEST:
        raise Invalid("package", f"{path.name} unpacks to more than {LARGEST // 1024**3} GB.")
    folders = {str(PurePosixPath(info.filename).parent) for info in kept}
    wrapped = folders.pop() if len(folders) == 1 else "."
    members: dict[str, str] = {}
    for info in (info for info in kept if _lies_in(info, wrapped)):
        name = PurePosixPath(info.filename).name
        if name in members:
            raise Invalid("package", f"{path.name} holds {name} twice; which one counts?")
        members[name] = info.filename
    left_out = tuple(info.filename for info in kept if not _lies_in(info, wrapped))
    return Package(path, members, "" if wrapped == "." else wrapped, left_out)


def _lies_in(info: ZipInfo, folder: str) -> bool:
    return str(PurePosixPath(info.filename).parent) == folder


def _is_junk(name: str) -> bool:
    """What file managers add: `__MACOSX/`, `.DS_Store`, `Thumbs.db`."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1].startswith("._") or parts[-1] in _JUNK


_JUNK = {".DS_Store", "Thumbs.db", "desktop.ini"}


def _refuse_danger(package: str, info: ZipInfo) -> None:
    inside = PurePosixPath(info.filename)
    if inside.is_absolute() or ".." in inside.parts:
        raise Invalid("package", f"{package} holds a path that leads outside of it.")
    if info.flag_bits & _ENCRYPTED:
        raise Invalid("package", f"{package} is encrypted; pack it without a password.")
    packed = max(info.compress_size, 1)
    if info.file_size > _SMALL and info.file_size / packed > _SUSPICIOUS_RATIO:
        raise Invalid("package", f"{package} holds {inside.name}, which unpacks suspiciously far.")
