"""The routes of this room: loads, and orgs, terms, courses and sections by hand."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.rosters import (
    course_check,
    courses,
    load_new,
    loads,
    orgs,
    section,
    sections,
    terms,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *course_check.ROUTES,
    *courses.ROUTES,
    *load_new.ROUTES,
    *loads.ROUTES,
    *orgs.ROUTES,
    *section.ROUTES,
    *sections.ROUTES,
    *terms.ROUTES,
)
