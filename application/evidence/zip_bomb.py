"""Archives that unpack to far more than they are, told by their own table of contents.

Nothing is ever unpacked here. Office documents are archives too. The layout is that of
PKWARE's APPNOTE, sections 4.3.12 and 4.3.16.
"""

import struct

from application.ports.evidence_store import FileStore

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_LONGEST_COMMENT = 0xFFFF
_ENTRY = struct.Struct("<4s6H3L5H2L")
_ENTRY_MARK = b"PK\x01\x02"
_UNSAID = 0xFFFFFFFF
"""Stands for a number of the 64-bit form, which no file within our limits needs."""
_LARGEST_TABLE = 4_000_000
_HARMLESS = 100_000_000
_RATIO = 100


async def fault_of_archive(store: FileStore, key: str, size: int) -> str:
    """Why the archive is not taken, empty when it is sound.

    `_HARMLESS` bytes may come out of any archive, more only out of one that is not a hundredth
    of that itself.
    """
    length = min(size, _END.size + _LONGEST_COMMENT)
    tail = await store.part(key, size - length, length)
    at = tail.rfind(_END_MARK)
    if at < 0 or at + _END.size > len(tail):
        return "it is no whole archive or document; save it anew"
    _, _, _, _, count, table, _, _ = _END.unpack_from(tail, at)
    start = size - length + at - table
    if table > _LARGEST_TABLE or start < 0:
        return "it holds too many parts; leave some out"
    total = _unpacked(await store.part(key, start, table) if table else b"", count)
    if total is None:
        return "its table of contents is broken; save it anew"
    if total > _HARMLESS and total > _RATIO * size:
        return "it unpacks to far more than its size; send its parts as they are"
    return ""


def _unpacked(table: bytes, count: int) -> int | None:
    """How many bytes the entries say that they hold; None where they cannot be read."""
    at = total = 0
    for _ in range(count):
        if at + _ENTRY.size > len(table):
            return None
        entry = _ENTRY.unpack_from(table, at)
        mark, unpacked, lengths = entry[0], entry[9], entry[10:13]
        if mark != _ENTRY_MARK or unpacked == _UNSAID:
            return None
        total += unpacked
        at += _ENTRY.size + sum(lengths)
    return total
