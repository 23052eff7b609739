"""The routes of this room: people, their roles and their ways in."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.people import people, person, person_access, student_profile

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *people.ROUTES,
    *person.ROUTES,
    *person_access.ROUTES,
    *student_profile.ROUTES,
)
