"""Take up again what waited for an authorisation."""

from application.ports.unit_of_work import UnitOfWork
from application.use_cases.outcome_sync.sync_outcomes import resume_waiting_syncs
from application.use_cases.score_import.begin_import import resume_waiting_imports
from application.use_cases.sending.send_scores import enqueue_send
from domain.ids import PersonId, SiteId


def resume_waiting(unit: UnitOfWork, site_id: SiteId, person_id: PersonId) -> None:
    """Queue again all that waited for this person's consent at the site."""
    _resume_sends(unit, site_id, person_id)
    resume_waiting_imports(unit, site_id, person_id)
    resume_waiting_syncs(unit, site_id, person_id)


def _resume_sends(unit: UnitOfWork, site_id: SiteId, person_id: PersonId) -> None:
    for send in unit.deliveries.open_sends():
        link = unit.links.get(send.link_id)
        if send.requested_by == person_id and link.site_id == site_id and send.waits:
            job = enqueue_send(unit, send.id, link, attempt=str(send.version))
            unit.deliveries.save_send(send.queued(job))
