"""Links, sends and imports of the sections that a person teaches; those of others are not there."""

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork
from application.workplace import Workplace, taught
from domain.delivery import Send
from domain.ids import ImportId, LinkId, PersonId, SendId
from domain.link import Link
from domain.score_import.import_run import ScoreImport


def own_link(unit: UnitOfWork, person_id: PersonId, link_id: LinkId) -> Link:
    """The link, for somebody who teaches its section. Raises NotFound."""
    link = unit.links.get(link_id)
    try:
        taught(unit, person_id, link.section_assessment_id)
    except NotFound:
        raise NotFound("This link") from None
    return link


def own_send(unit: UnitOfWork, person_id: PersonId, send_id: SendId) -> tuple[Send, Link]:
    """The send and its link, for somebody who teaches the section. Raises NotFound."""
    send = unit.deliveries.send(send_id)
    link = unit.links.get(send.link_id)
    taught(unit, person_id, link.section_assessment_id)
    return send, link


def own_import(
    unit: UnitOfWork, person_id: PersonId, import_id: ImportId
) -> tuple[ScoreImport, Workplace]:
    """The import and where it goes, for somebody who teaches there. Raises NotFound."""
    score_import = unit.imports.get(import_id)
    try:
        return score_import, taught(unit, person_id, score_import.work_id)
    except NotFound:
        raise NotFound("This import") from None
