"""Rendering of pages, and the answers to forms."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from litestar import MediaType, Response
from litestar.datastructures import Cookie
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER
from markupsafe import Markup

from adapters.inbound.http import formats
from adapters.inbound.http.load_words import on_pages
from adapters.inbound.http.local_time import keep_time
from adapters.inbound.http.places import navigation
from adapters.inbound.http.static_files import static
from adapters.inbound.http.visit import Visit
from adapters.inbound.http.words import OwnWords, in_own_words, speak
from application.refusals import outcome_sentence, sentence
from domain.access import Right, Role

ROLE_NAMES = {
    Role.DATA_STEWARD: "Data Steward",
    Role.COORDINATOR: "Coordinator",
    Role.FACULTY: "Faculty",
    Role.EVALUATOR: "Evaluator",
    Role.STUDENT: "Student",
    Role.READER: "Reader",
}


def role_name(role: Role) -> str:
    """As the college calls it."""
    return in_own_words(ROLE_NAMES[role])


def role_choices() -> list[tuple[Role, str]]:
    """Every role with its name, to choose from."""
    return [(role, role_name(role)) for role in ROLE_NAMES]


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        extensions=[OwnWords],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        date=formats.as_date,
        moment=formats.as_moment,
        number=formats.as_number,
        score=formats.as_score,
        share=formats.as_share,
        name=formats.as_name,
        bytes=formats.as_bytes,
        sentence=formats.as_sentence,
        role_name=role_name,
        refusal=sentence,
        outcome_refusal=outcome_sentence,
        load_cause=on_pages,
    )
    made.globals.update(
        static=static, Right=Right, in_own_words=in_own_words, role_choices=role_choices
    )
    return made


def rendered(visit: Visit, template: str, model: object) -> str:
    """The page's HTML.

    Templates see `model`, `visit`, `navigation`, `link(path)` and `csrf_field()`.
    """
    speak(visit.words)
    keep_time(visit.time)
    given = {
        "model": model,
        "visit": visit,
        "navigation": navigation(visit.may, visit.path),
        "link": visit.link,
        "csrf_field": lambda: _csrf_field(visit),
    }
    return environment().get_template(template).render(given)


def page(visit: Visit, template: str, model: object, status: int = 200) -> Response[str]:
    return Response(rendered(visit, template, model), status_code=status, media_type=MediaType.HTML)


def see_other(visit: Visit, path: str) -> Redirect:
    """The answer to a form: go on to a path of ours."""
    return Redirect(visit.link(path), status_code=HTTP_303_SEE_OTHER)


def see_other_with(path: str, cookies: list[Cookie]) -> Redirect:
    """Go on to a plain path, with the cookies of a session that begins or ends."""
    return Redirect(path, status_code=HTTP_303_SEE_OTHER, cookies=cookies)


def _csrf_field(visit: Visit) -> Markup:
    return Markup('<input type="hidden" name="csrf" value="{}">').format(visit.csrf)
