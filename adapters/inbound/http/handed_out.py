"""A stored file on its way to somebody who may open it."""

from litestar.response import Stream

from adapters.inbound.http.disposition import attachment
from application.use_cases.evidence.open_evidence import OpenedFile

_ALONE = "sandbox; default-src 'none'"
"""A file that a browser shows all the same can do nothing, and is of no origin."""


def handed_out(opened: OpenedFile) -> Stream:
    return Stream(
        opened.blocks,
        media_type=opened.media_type,
        headers={
            "Content-Disposition": attachment(opened.name),
            "Content-Length": str(opened.size),
            "Content-Security-Policy": _ALONE,
        },
    )
