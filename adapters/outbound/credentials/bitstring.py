"""The bits of a status list as text: https://www.w3.org/TR/vc-bitstring-status-list/.

The left-most bit is that of place 0. The bits are compressed by gzip and written as base64url
without padding, after the sign `u` of multibase that says so.
"""

import gzip
from base64 import urlsafe_b64encode
from collections.abc import Iterable

_BASE64URL = "u"


def encoded(places: Iterable[int], length: int) -> str:
    """`length` bits, a multiple of 8, of which those at `places` are set."""
    bits = bytearray(length // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    # Without the time of day in it the same list is the same text.
    packed = gzip.compress(bytes(bits), mtime=0)
    return _BASE64URL + urlsafe_b64encode(packed).decode().rstrip("=")
