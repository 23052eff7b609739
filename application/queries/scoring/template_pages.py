"""The college's reflection templates: their list, and the form of one."""

from dataclasses import dataclass

from application.org_tree import TreeOrg, drawn_orgs
from application.ports.unit_of_work import UnitOfWorkFactory
from application.reflection_templates import kept_template
from application.viewers import Viewer, kept_orgs
from domain.ids import ReflectionTemplateId
from domain.reflection import CollegeTemplate


@dataclass(frozen=True, slots=True)
class ListedTemplate:
    """`org` is empty for the whole college; `mine` says that the viewer may change it."""

    template: CollegeTemplate
    org: str
    mine: bool


@dataclass(frozen=True, slots=True)
class TemplateForm:
    stored: CollegeTemplate | None
    org_code: str
    orgs: tuple[TreeOrg, ...]
    whole_college: bool
    """The viewer may make it for the whole college."""


@dataclass(frozen=True, slots=True)
class TemplateList:
    """By name: the college's, and those of the orgs that the viewer keeps; retired ones too."""

    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer) -> tuple[ListedTemplate, ...]:
        with self.units(write=False) as unit:
            orgs = kept_orgs(unit, viewer)
            names = {org.id: org.name for org in unit.roster.orgs()}
            return tuple(
                ListedTemplate(
                    one,
                    names[one.org_id] if one.org_id else "",
                    viewer.sees_all or one.org_id in orgs,
                )
                for one in unit.reflections.templates()
                if one.org_id is None or one.org_id in orgs
            )


@dataclass(frozen=True, slots=True)
class TemplateEditor:
    """Raises: NotFound, Forbidden."""

    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, template_id: str = "") -> TemplateForm:
        with self.units(write=False) as unit:
            orgs = kept_orgs(unit, viewer)
            stored = (
                kept_template(unit, viewer, ReflectionTemplateId(template_id))
                if template_id
                else None
            )
            code = unit.roster.org(stored.org_id).code if stored and stored.org_id else ""
            drawn = drawn_orgs(one for one in unit.roster.orgs() if one.id in orgs)
            return TemplateForm(stored, code, drawn, viewer.sees_all)
