"""Templates of questions for action plans and requests: made, changed, retired."""

from dataclasses import dataclass, replace

from application.errors import Conflict, Forbidden, Invalid, NotFound
from application.improvement.sight import ImprovementSight, sight_of
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.improvement.improvement_choices import seen_templates
from application.slos.names import org_named
from application.viewers import Viewer
from domain.audit import Deed
from domain.ids import OrgId, TemplateId
from domain.improvement.question_template import QuestionTemplate, TemplateUse
from domain.reflection import Question

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class SaveQuestionTemplateCommand:
    """`org` a code, empty for the whole college; `template_id` None makes a new one."""

    viewer: Viewer
    use: TemplateUse
    name: str
    org: str
    questions: tuple[Question, ...]
    template_id: TemplateId | None = None
    seen: int = 0


@dataclass(frozen=True, slots=True)
class SaveQuestionTemplate:
    """Plans and requests made from a template keep the questions that it had then.

    Raises:
        Invalid; NotFound; Conflict: it was changed since `seen`.
        Forbidden: the template is of the whole college, or of an org not kept.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: SaveQuestionTemplateCommand) -> QuestionTemplate:
        now = self.clock.now()
        name = command.name.strip()
        if not name or len(name) > _LONGEST:
            raise Invalid("name", f"write at most {_LONGEST} characters.")
        if not command.questions:
            raise Invalid("prompt-1", "ask at least one question.")
        with self.units() as unit:
            sight = sight_of(unit, command.viewer)
            org_id = org_kept(unit, sight, command.org)
            if command.template_id is None:
                stored = QuestionTemplate(
                    TemplateId(self.new_id()), command.use, name, org_id, command.questions, None, 0
                )
            else:
                stored = _changeable(unit, sight, command.template_id)
                if stored.version != command.seen:
                    raise Conflict("This template was changed meanwhile; look at it again.")
            wanted = replace(stored, name=name, org_id=org_id, questions=command.questions)
            saved = unit.question_templates.save(wanted)
            deed = Deed(command.viewer.actor, "saved question template", saved.id, "", now)
            unit.audit.record(deed)
            unit.commit()
        return saved


@dataclass(frozen=True, slots=True)
class RetireQuestionTemplate:
    """Offer a template no more, or again. Raises: NotFound, Forbidden."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, template_id: TemplateId, *, retire: bool) -> None:
        now = self.clock.now()
        with self.units() as unit:
            stored = _changeable(unit, sight_of(unit, viewer), template_id)
            wanted = stored.retired(now) if retire else stored.restored()
            if wanted == stored:
                return
            unit.question_templates.save(wanted)
            verb = "retired question template" if retire else "restored question template"
            unit.audit.record(Deed(viewer.actor, verb, stored.id, "", now))
            unit.commit()


@dataclass(frozen=True, slots=True)
class QuestionTemplateList:
    """Templates that the viewer may use; `mine` says of each whether it may be changed."""

    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer) -> tuple[tuple[QuestionTemplate, bool, str], ...]:
        """Each with whether the viewer may change it, and the name of its org."""
        with self.units(write=False) as unit:
            sight = sight_of(unit, viewer)
            orgs = {org.id: org.name for org in unit.roster.orgs()}
            return tuple(
                (one, sight.keeps(one.org_id), orgs[one.org_id] if one.org_id else "")
                for one in seen_templates(unit, sight)
            )

    def one(self, viewer: Viewer, template_id: TemplateId) -> tuple[QuestionTemplate, str]:
        """With the code of its org. Raises: NotFound; Forbidden where it may only be used."""
        with self.units(write=False) as unit:
            template = _changeable(unit, sight_of(unit, viewer), template_id)
            code = unit.roster.org(template.org_id).code if template.org_id else ""
            return template, code


def org_kept(unit: UnitOfWork, sight: ImprovementSight, name: str) -> OrgId | None:
    """The org by its code; None for the whole college. Raises: Invalid."""
    if not name and sight.keeps_all:
        return None
    if not name:
        raise Invalid("org", "choose an org of yours.")
    org = org_named(unit, name)
    if not sight.keeps(org.id):
        raise Invalid("org", "choose an org of yours.")
    return org.id


def _changeable(
    unit: UnitOfWork, sight: ImprovementSight, template_id: TemplateId
) -> QuestionTemplate:
    template = unit.question_templates.get(template_id)
    if template.org_id is not None and not sight.keeps(template.org_id):
        raise NotFound("This template")
    if not sight.keeps(template.org_id):
        raise Forbidden("This template is of the whole college; only Data Stewards change it.")
    return template
