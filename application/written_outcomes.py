"""What programs may write of outcomes: within which orgs, under which codes."""

from application.errors import Conflict, Forbidden, Invalid, NotFound
from application.import_report import ImportProblem
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer, kept_orgs
from domain.assessment import Assessment
from domain.ids import OrgId, ScaleId
from domain.slo import Slo

BODY = "body"
"""The place in an import at which what was written stands."""
SOURCE = "API"


class Keeping:
    """The orgs whose outcomes the viewer keeps; stewards also what belongs to none."""

    def __init__(self, unit: UnitOfWork, viewer: Viewer) -> None:
        self._all = viewer.sees_all
        self._orgs = kept_orgs(unit, viewer)

    def has(self, org_id: OrgId | None) -> bool:
        return self._all or org_id in self._orgs

    def require(self, org_id: OrgId | None) -> None:
        if not self.has(org_id):
            raise Forbidden("You keep the outcomes of your own orgs only; name one of them.")


def org_code(unit: UnitOfWork, org_id: OrgId | None) -> str | None:
    if org_id is None:
        return None
    try:
        return unit.roster.org(org_id).code
    except NotFound:
        raise Invalid("orgId", "no org has this id.") from None


def scale_code(unit: UnitOfWork, scale_id: ScaleId, field: str) -> str:
    """The code of a scale that is the newest of its versions."""
    scales = unit.outcomes.scales()
    asked = next((scale for scale in scales if scale.id == scale_id), None)
    if asked is None:
        raise Invalid(field, f"no scale has the id {scale_id}.")
    newest = max((one for one in scales if one.code == asked.code), key=lambda one: one.version)
    if newest.id != scale_id:
        raise Invalid(field, f"scale {scale_id} has a newer version: {newest.id}.")
    return asked.code


def refuse_taken(stored: Slo | Assessment | None) -> None:
    if stored is not None:
        raise Conflict(f"The code {stored.code} is taken; change what is there instead.")


def refuse_other_code(stored: str, asked: str) -> None:
    if stored != asked:
        raise Invalid("code", f"it is {stored} and stays so.")


def refuse(problems: tuple[ImportProblem, ...]) -> None:
    """The first problem; the name of the body itself is left out."""
    if problems:
        first = problems[0]
        raise Invalid(first.path.removeprefix(BODY).lstrip(".") or BODY, f"{first.cause}.")
