"""The routes of this room: loads, and orgs, terms, courses and sections by hand."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.rosters import (
    course_check,
    courses,
    loads,
    orgs,
    section,
    sections,
    terms,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *course_check.ROUTES,
    *courses.ROUTES,
    *loads.ROUTES,
    *orgs.ROUTES,
    *section.ROUTES,
    *sections.ROUTES,
    *terms.ROUTES,
)
