"""Text files that are sent while they are written."""

from collections.abc import Iterable, Iterator

from litestar.response import Stream

_BLOCK = 64 * 1024


def sent_as_written(lines: Iterable[str], *, media_type: str, disposition: str) -> Stream:
    """A file to save, of which no more than a block is ever held."""
    headers = {"Content-Disposition": disposition}
    return Stream(in_blocks(lines), media_type=media_type, headers=headers)


def in_blocks(lines: Iterable[str]) -> Iterator[bytes]:
    """The same text in few parts: each one sent costs more than making a hundred lines."""
    block = bytearray()
    for line in lines:
        block += line.encode()
        if len(block) >= _BLOCK:
            yield bytes(block)
            block.clear()
    if block:
        yield bytes(block)
