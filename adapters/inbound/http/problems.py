"""Every error becomes a page for people or `application/problem+json` for programs."""

import traceback
from dataclasses import asdict
from pathlib import Path

import structlog
from litestar import MediaType, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from adapters.inbound.http.pages import page
from adapters.inbound.http.problem_table import OUR_FAULT, Problem, for_programs, problem_of
from adapters.inbound.http.visit import AnyRequest, Visit, visit_of
from application.errors import ApplicationError
from domain.errors import DomainError

_HTML, _PROBLEM, _JSON = "text/html", "application/problem+json", "application/json"
_HEADERS = {401: {"WWW-Authenticate": 'Bearer realm="attain"'}, 429: {"Retry-After": "300"}}
"""What a program can act upon."""
_log = structlog.get_logger("attain.http")


def exception_handlers() -> ExceptionHandlersMap:
    kinds = (ApplicationError, DomainError, HTTPException, Exception)
    return dict.fromkeys(kinds, answer)


def answer(request: AnyRequest, error: Exception) -> Response[object]:
    visit = visit_of(request)
    problem = problem_of(error, visit.reference)
    if visit.by_program:
        problem = for_programs(problem, error)
    if problem.slug == OUR_FAULT:
        _log.error("failed", reference=visit.reference, error=kind(error), at=frames(error))
    return as_response(request, visit, problem)


def kind(error: Exception) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def frames(error: Exception) -> list[str]:
    """Where it happened. The message stays out: a driver's message may quote a row."""
    return [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-12:]
    ]


def as_response(request: AnyRequest, visit: Visit, problem: Problem) -> Response[object]:
    wanted = request.accept.best_match([_HTML, _PROBLEM, _JSON])
    if visit.by_program or wanted in {_PROBLEM, _JSON}:
        return Response(
            _as_json(problem),
            status_code=problem.status,
            media_type=_PROBLEM,
            headers=_HEADERS.get(problem.status) if visit.by_program else None,
        )
    shown = page(visit, "problem.html", problem, status=problem.status)
    return Response(shown.content, status_code=problem.status, media_type=MediaType.HTML)


def _as_json(problem: Problem) -> dict[str, object]:
    """RFC 9457."""
    return {
        "type": f"urn:attain:problem:{problem.slug}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.sentence,
        "cure": problem.cure,
        "reference": problem.reference,
        **({"errors": [asdict(one) for one in problem.errors]} if problem.errors else {}),
    }
