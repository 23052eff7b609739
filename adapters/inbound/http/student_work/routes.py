"""The routes of this room: students' own side, and learning activities."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.student_work import (
    dla_assign,
    dla_editor,
    dlas,
    my_dlas,
    self_assessment,
    student,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *dla_assign.ROUTES,
    *dla_editor.ROUTES,
    *dlas.ROUTES,
    *my_dlas.ROUTES,
    *self_assessment.ROUTES,
    *student.ROUTES,
)
