"""Filters of the registers of courses and sections, as their addresses say them."""

from urllib.parse import urlencode

from adapters.inbound.http.paging import Pager
from adapters.inbound.http.visit import AnyRequest
from application.paging import ListPage
from application.ports.people_repositories import Standing
from application.queries.rosters.course_register import CourseLine
from application.queries.rosters.section_register import RegisterFilter, SectionLine
from domain.ids import CourseId, OrgId, TermId

_NAMES = ("q", "term", "org", "course", "standing")


def filter_of(request: AnyRequest) -> RegisterFilter:
    """What cannot be read is left out."""

    def field(name: str) -> str:
        return str(request.query_params.get(name, "")).strip()

    number = field("page_number")
    return RegisterFilter(
        field("q"),
        TermId(field("term")) if field("term") else None,
        OrgId(field("org")) if field("org") else None,
        CourseId(field("course")) if field("course") else None,
        Standing(field("standing")) if field("standing") in set(Standing) else Standing.ACTIVE,
        int(number) if number.isascii() and number.isdecimal() else 1,
    )


def pager_of(
    request: AnyRequest, path: str, found: ListPage[CourseLine] | ListPage[SectionLine]
) -> Pager:
    named = {name: request.query_params.get(name, "") for name in _NAMES}
    query = urlencode({name: value for name, value in named.items() if value})
    return Pager(path, query, found.page, found.pages)
