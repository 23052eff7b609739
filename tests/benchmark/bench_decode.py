"""A page of a hundred assessed submissions decoded by our msgspec types and by pydantic.

The page is what the practice Canvas answers to our reader. pydantic's models have the very
fields of ours, with the same types, and are made from them.
"""

import asyncio
import time
from collections.abc import Callable
from importlib import import_module
from types import GenericAlias
from typing import Any

import httpx
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from adapters.outbound.canvas.rubric_payloads import (
    RATED_SUBMISSIONS,
    GivenPayload,
    RatedSubmissionPayload,
)
from adapters.outbound.canvas.transport import ACCEPT
from tests.benchmark.figures import Figure, NotMeasurable, against, medians
from tests.benchmark.rated_course import COURSE, CRITERIA, TOKEN, a_rated_canvas

PAGES = 50
_HOST = "http://canvas.test"
_SIZE = 100


def measure() -> list[Figure]:
    page = asyncio.run(_page())
    theirs = _pydantic()
    if len(RATED_SUBMISSIONS.decode(page)) != _SIZE or len(theirs(page)) != _SIZE:
        raise NotMeasurable("the page was not decoded whole")
    times = medians(
        {
            "ours": _milliseconds(lambda: RATED_SUBMISSIONS.decode(page)),
            "pydantic": _milliseconds(lambda: theirs(page)),
        }
    )
    what = f"decode {_SIZE} submissions of {CRITERIA} criteria, {len(page) / 1000:.0f} kB"
    ours, peer = times["ours"], times["pydantic"]
    return [against(what, ours, peer, "ms", peer_name="pydantic", target="at least 3x")]


async def _page() -> bytes:
    app: Any = a_rated_canvas(_HOST).app  # httpx writes the types of ASGI otherwise than litestar
    headers = {"Authorization": f"Bearer {TOKEN}", "Accept": ACCEPT}
    query = {"student_ids[]": "all", "include[]": "rubric_assessment", "per_page": str(_SIZE)}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as http:
        url = f"{_HOST}/api/v1/courses/{COURSE}/students/submissions"
        answer = await http.get(url, params=query, headers=headers)
        return answer.content


def _pydantic() -> Callable[[bytes], list[object]]:
    try:
        library: Any = import_module("pydantic")
    except ImportError as error:
        raise NotMeasurable("pydantic is in the dependency group `bench`") from error
    given = GenericAlias(dict, (str, _model(library, GivenPayload, {})))
    replaced = {"rubric_assessment": given | None}
    submissions = GenericAlias(list, (_model(library, RatedSubmissionPayload, replaced),))
    decode: Callable[[bytes], list[object]] = library.TypeAdapter(submissions).validate_json
    return decode


def _model(library: Any, payload: type[Struct], replaced: dict[str, Any]) -> Any:
    """A model with the fields of a payload; a field that holds another payload is replaced."""
    described = {
        field.name: (
            replaced.get(field.name, field.type),
            ... if field.default is NODEFAULT else field.default,
        )
        for field in fields(payload)
    }
    config = {"frozen": True}
    return library.create_model(payload.__name__, __config__=config, **described)


def _milliseconds(decode: Callable[[], object]) -> Callable[[], float]:
    """Processor time of one page, over so many."""

    def measured() -> float:
        began = time.process_time()
        for _ in range(PAGES):
            decode()
        return (time.process_time() - began) / PAGES * 1000

    return measured
