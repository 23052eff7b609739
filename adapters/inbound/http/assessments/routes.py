"""The routes of this room: assessments, the library, plans and the calendar."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.assessments import (
    assessments,
    calendar,
    library,
    library_editor,
    library_plan,
    reminders,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *assessments.ROUTES,
    *calendar.ROUTES,
    *library.ROUTES,
    *library_editor.ROUTES,
    *library_plan.ROUTES,
    *reminders.ROUTES,
)
