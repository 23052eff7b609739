"""The page that a person begins on, by role."""

from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWorkFactory
from application.roles import roles_held
from domain.access import Right, Role, may
from domain.ids import PersonId

START = "/"
"""It says what to do to whoever holds no role: a launch lets them in as a reader of nothing."""
_PLACES = (
    (Right.TEACH, "/home"),
    (Right.SCORE, "/scoring"),
    (Right.SEE_OWN_RESULTS, "/mine"),
    (Right.RUN_SYSTEM, "/loads"),
    (Right.KEEP_OUTCOMES, "/calendar"),
    (Right.READ_REPORTS, "/reports"),
)


def first_page(role: Role) -> str:
    return next(path for right, path in _PLACES if may(role, right))


@dataclass(frozen=True, slots=True)
class FirstPage:
    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, role: Role) -> str:
        """`START` for somebody who holds no role at all."""
        if role is Role.READER:
            with self.units(write=False) as unit:
                if not roles_held(unit, person_id):
                    return START
        return first_page(role)
