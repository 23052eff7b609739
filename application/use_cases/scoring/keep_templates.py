"""Keep the college's reflection templates: make, change, retire."""

from dataclasses import dataclass, replace

from application.errors import Conflict, Invalid
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.reflection_templates import kept_template
from application.viewers import Viewer, kept_orgs
from domain.audit import Deed
from domain.errors import NonsenseValue
from domain.ids import OrgId, ReflectionTemplateId
from domain.reflection import CollegeTemplate, ReflectionTemplate

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class SaveTemplateCommand:
    """`template_id` None makes a new one; `org` is a code, empty for the whole college."""

    viewer: Viewer
    template_id: ReflectionTemplateId | None
    name: str
    org: str
    template: ReflectionTemplate
    seen: int


@dataclass(frozen=True, slots=True)
class SaveTemplate:
    """Assessments that took its questions keep them: they took a copy.

    Raises:
        NotFound, Forbidden: not the viewer's to change. Invalid: a field that cannot be.
        Conflict: somebody else changed it since `seen`.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: SaveTemplateCommand) -> CollegeTemplate:
        with self.units() as unit:
            before = _before(unit, command)
            wanted = self._wanted(unit, command, before)
            if wanted == before:
                return before
            saved = unit.reflections.save_template(wanted)
            verb = "changed reflection template" if before else "made reflection template"
            unit.audit.record(
                Deed(command.viewer.actor, verb, saved.id, saved.name, self.clock.now())
            )
            unit.commit()
        return saved

    def _wanted(
        self, unit: UnitOfWork, command: SaveTemplateCommand, before: CollegeTemplate | None
    ) -> CollegeTemplate:
        name = command.name.strip()
        if len(name) > _LONGEST_NAME:
            raise Invalid("name", f"at most {_LONGEST_NAME} characters.")
        template_id = before.id if before else ReflectionTemplateId(self.new_id())
        org_id = _org(unit, command)
        try:
            made = CollegeTemplate(
                template_id, name, org_id, command.template, retired=False, version=0
            )
        except NonsenseValue as nonsense:
            cures = {"name": "give the template a name.", "questions": "ask at least one question."}
            field = "prompt-1" if nonsense.field == "questions" else nonsense.field
            raise Invalid(field, cures[nonsense.field]) from nonsense
        if before is None:
            return made
        return replace(made, version=before.version, retired=before.retired)


@dataclass(frozen=True, slots=True)
class RetireTemplate:
    """Retired, it is offered no more. Twice changes nothing. Raises: NotFound, Forbidden."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(
        self, viewer: Viewer, template_id: ReflectionTemplateId, *, retired: bool
    ) -> CollegeTemplate:
        with self.units() as unit:
            before = kept_template(unit, viewer, template_id)
            if before.retired == retired:
                return before
            saved = unit.reflections.save_template(replace(before, retired=retired))
            verb = "retired reflection template" if retired else "offered reflection template again"
            unit.audit.record(Deed(viewer.actor, verb, saved.id, saved.name, self.clock.now()))
            unit.commit()
        return saved


def _before(unit: UnitOfWork, command: SaveTemplateCommand) -> CollegeTemplate | None:
    if command.template_id is None:
        return None
    before = kept_template(unit, command.viewer, command.template_id)
    if before.version != command.seen:
        raise Conflict("Somebody changed this template meanwhile; look at it again.")
    return before


def _org(unit: UnitOfWork, command: SaveTemplateCommand) -> OrgId | None:
    if not command.org:
        if not command.viewer.sees_all:
            raise Invalid("org", "choose one of your orgs.")
        return None
    kept = kept_orgs(unit, command.viewer)
    found = [one for one in unit.roster.orgs() if one.code == command.org and one.id in kept]
    if len(found) != 1:
        raise Invalid("org", "choose one of the orgs listed.")
    return found[0].id
