"""ETags: a short name of a record's state, which a change must name again in `If-Match`."""

from hashlib import sha256
from typing import Annotated

import msgspec
from litestar.exceptions import HTTPException
from litestar.params import HeaderParameter

_LENGTH = 32


def etag_of(shape: object) -> str:
    """Two answers that say the same have the same one."""
    return f'"{sha256(msgspec.json.encode(shape)).hexdigest()[:_LENGTH]}"'


class IfMatch:
    """What the caller looked at before the change."""

    def __init__(self, header: str) -> None:
        """Raises: 428 where nothing is named."""
        self._seen = {one.strip() for one in header.split(",") if one.strip()}
        if not self._seen:
            raise HTTPException(status_code=428)

    def check(self, shape: object) -> None:
        """Raises: 412 unless the record still is as it was seen; `*` is content with any."""
        if "*" not in self._seen and etag_of(shape) not in self._seen:
            raise HTTPException(status_code=412)


def provide_if_match(
    asked: Annotated[
        str, HeaderParameter(name="If-Match", description="The `ETag` of what was looked at.")
    ] = "",
) -> IfMatch:
    return IfMatch(asked)
