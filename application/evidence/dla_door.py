"""Evidence of a DLA: the student attaches it, teachers of the section see what was handed in."""

from application.errors import Conflict, NotFound
from application.ports.unit_of_work import UnitOfWork
from application.student_work.desk import students_dla, taught_dla
from domain.dla import AssignedDla, DlaState
from domain.evidence import Evidence, EvidenceKind, EvidenceTarget, ScanState
from domain.ids import AssignedDlaId, PersonId
from domain.web_link import WebLink

_WITH_TEACHER = "This DLA is with your teacher; take it back before you attach more."
_DECIDED = "This DLA is accepted and takes no more."


def dla_of(unit: UnitOfWork, target: EvidenceTarget) -> AssignedDla:
    return unit.dlas.assigned(target.assigned_dla_id or AssignedDlaId(""))


def enter_own_dla(unit: UnitOfWork, student_id: PersonId, target: EvidenceTarget) -> AssignedDla:
    """Raises: NotFound for another student's."""
    assigned = students_dla(unit, student_id, target.assigned_dla_id or AssignedDlaId(""))
    if assigned.student_id != target.student_id:
        raise NotFound("This DLA")
    return assigned


def enter_taught_dla(unit: UnitOfWork, teacher_id: PersonId, target: EvidenceTarget) -> None:
    """Raises: NotFound."""
    taught_dla(unit, teacher_id, target.assigned_dla_id or AssignedDlaId(""))


def require_open(assigned: AssignedDla) -> None:
    """Raises: Conflict while it is not with the student."""
    if not assigned.with_student:
        accepted = assigned.state is DlaState.ACCEPTED
        raise Conflict(_DECIDED if accepted else _WITH_TEACHER)


def was_handed_in(assigned: AssignedDla, evidence: Evidence) -> bool:
    """With the DLA, now or once: a draft is the student's alone."""
    handed_in = assigned.handed_in_at
    return handed_in is not None and evidence.added_at <= handed_in


def attached_names(unit: UnitOfWork, assigned: AssignedDla) -> tuple[str, ...]:
    """What is handed in with it now; a link with its address, which may end later."""
    kept = (one for one in attached(unit, assigned) if one.is_kept)
    return tuple(
        one.title if one.url in {"", one.title} else f"{one.title} {one.url}" for one in kept
    )


def attached_links(
    unit: UnitOfWork, assigned: AssignedDla, *, handed_in: bool
) -> tuple[WebLink, ...]:
    """Kept ones, as they came; with `handed_in` those that its teacher may read."""
    return tuple(
        WebLink(one.url, "" if one.title == one.url else one.title)
        for one in attached(unit, assigned)
        if one.kind is EvidenceKind.LINK
        and one.is_kept
        and (not handed_in or was_handed_in(assigned, one))
    )


def attached(unit: UnitOfWork, assigned: AssignedDla) -> list[Evidence]:
    """All of it but files in which malware was found, of which nothing is left to hand in."""
    target = EvidenceTarget.dla(assigned.id, assigned.student_id)
    every = unit.evidence.of_target(target)
    return [one for one in every if one.scan is not ScanState.REFUSED]
