"""Which of the college's reflection templates a viewer keeps, and which may be taken."""

from application.errors import Forbidden, NotFound
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer, kept_orgs
from domain.ids import ReflectionTemplateId
from domain.reflection import CollegeTemplate


def kept_template(
    unit: UnitOfWork, viewer: Viewer, template_id: ReflectionTemplateId
) -> CollegeTemplate:
    """Raises: NotFound; Forbidden for one of the whole college, which stewards keep."""
    template = unit.reflections.template(template_id)
    if viewer.sees_all or template.org_id in kept_orgs(unit, viewer):
        return template
    if template.org_id is None:
        raise Forbidden("This template is the whole college's; a Data Steward changes it.")
    raise NotFound("This reflection template")


def offered_templates(unit: UnitOfWork, viewer: Viewer) -> tuple[CollegeTemplate, ...]:
    """Those that an assessment of the viewer may take: the college's and of the orgs kept."""
    orgs = kept_orgs(unit, viewer)
    return tuple(
        one
        for one in unit.reflections.templates()
        if not one.retired and (one.org_id is None or one.org_id in orgs)
    )
