"""How a page is made: its template, the frame around it, and the headers that guard it."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_environment = Environment(
    loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined
)


def _number(value: float | None) -> str:
    """Points without a needless `.0`; a dash for none."""
    return "–" if value is None else f"{value:.10g}"  # noqa: RUF001 - a dash, as gradebooks show


_environment.filters["points"] = _number


def page(
    template: str, *, framed: bool = True, status: int = 200, **values: object
) -> Response[str]:
    """A page. Those for signing in and authorising refuse every frame, as Canvas' own do."""
    content = _environment.get_template(template).render(**values)
    ancestors = "'self'" if framed else "'none'"
    policy = (
        "default-src 'self'; frame-src 'self' http: https:; form-action 'self' http: https:; "
        f"base-uri 'none'; object-src 'none'; frame-ancestors {ancestors}"
    )
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    if not framed:
        headers["X-Frame-Options"] = "DENY"
    return Response(content, media_type="text/html", status_code=status, headers=headers)


def see_other(location: str) -> Response[Any]:
    return Response(b"", status_code=303, headers={"Location": location})
