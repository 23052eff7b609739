"""For whom a command at the terminal acts."""

from dataclasses import dataclass

from application.errors import Forbidden, Invalid
from application.ports.unit_of_work import UnitOfWorkFactory
from application.roles import roles_held
from application.viewers import Viewer
from domain.access import Right, may
from domain.identity import LocalField


@dataclass(frozen=True, slots=True)
class ActingViewer:
    units: UnitOfWorkFactory

    def __call__(self, tech_id: str | None, right: Right = Right.SYNC_OUTCOMES) -> Viewer:
        """The person in a role with this right, or the command line itself.

        Raises:
            Invalid: not exactly one active person has the Tech ID.
            Forbidden: no role of the person has the right.
        """
        if tech_id is None:
            return Viewer(None, None)
        with self.units(write=False) as unit:
            people = unit.roster.people_where(LocalField.TECH_ID, tech_id)
            found = [person for person in people if person.active]
            if len(found) != 1:
                raise Invalid("as", "give the Tech ID of exactly one active person.")
            roles = roles_held(unit, found[0].id)
        for role in roles:
            if may(role, right):
                return Viewer(found[0].id, role)
        raise Forbidden(f"No role of this person may {right}.")
