"""DLAs: those that one made, and those that students have."""

from typing import Annotated

from litestar import Response
from litestar.params import FromPath, JSONBody

from adapters.inbound.http.api.asked import SectionAsked, named
from adapters.inbound.http.api.doors import ROOT, creating, moving, reading, replacing
from adapters.inbound.http.api.etags import IfMatch
from adapters.inbound.http.api.paging import PageAsked
from adapters.inbound.http.api.reading import made, with_etag
from adapters.inbound.http.api.student_shapes import (
    AssignedCount,
    AssignedDlaOut,
    AssignIn,
    DlaDecisionIn,
    DlaIn,
    DlaOut,
    DlaWritten,
    assigned_dla_out,
    dla_out,
    links_of,
)
from adapters.inbound.http.api.wire import Listed
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from application.errors import Conflict
from application.queries.student_work.dla_records import AssignedRecords, AssignedWanted, DlaRecords
from application.use_cases.evidence.attach_dla_links import AttachDlaLinks
from application.use_cases.student_work.assign_dla import AssignDla, AssignDlaCommand
from application.use_cases.student_work.decide_dlas import DecideDlas, DecideDlasCommand
from application.use_cases.student_work.do_dla import WriteDla, WriteDlaCommand
from application.use_cases.student_work.keep_dlas import SaveDla, SaveDlaCommand
from domain.access import Right
from domain.dla import DlaState
from domain.ids import (
    AssignedDlaId,
    DlaId,
    PersonId,
    SectionAssessmentId,
    SectionId,
    SloId,
)

_TAG, _TEACH = "DLAs and self-assessment", Right.TEACH
_DLA, _GIVEN = "/dlas/{dla_id:str}", "/assigned-dlas/{assigned_id:str}"


@reading("/dlas", _TAG, _TEACH)
def list_dlas(
    caller: Injected[Caller],
    page_asked: Injected[PageAsked],
    dla_records: Injected[DlaRecords],
) -> Response[Listed[DlaOut]]:
    """DLAs that one made, those out of use too."""
    return page_asked.answer(dla_records(caller.person_id, page_asked.turn), dla_out)


@reading(_DLA, _TAG, _TEACH, 404)
def one_dla(
    dla_id: FromPath[DlaId], caller: Injected[Caller], dla_records: Injected[DlaRecords]
) -> Response[DlaOut]:
    return with_etag(dla_out(dla_records.one(caller.person_id, dla_id)))


@creating("/dlas", _TAG, _TEACH)
def make_dla(
    data: JSONBody[DlaIn], caller: Injected[Caller], save_dla: Injected[SaveDla]
) -> Response[DlaOut]:
    dla = save_dla(_command(caller, data, None, 0))
    return made(f"{ROOT}/dlas/{dla.id}", dla_out(dla))


@replacing(_DLA, _TAG, _TEACH)
def change_dla(
    dla_id: FromPath[DlaId],
    data: JSONBody[DlaIn],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    dla_records: Injected[DlaRecords],
    save_dla: Injected[SaveDla],
) -> Response[DlaOut]:
    """Students who have it read the changed words at once."""
    stored = dla_records.one(caller.person_id, dla_id)
    if_match.check(dla_out(stored))
    return with_etag(dla_out(save_dla(_command(caller, data, dla_id, stored.version))))


@creating(f"{_DLA}/assignments", _TAG, _TEACH, 404, 409, status=200)
def assign(
    dla_id: FromPath[DlaId],
    data: JSONBody[AssignIn],
    caller: Injected[Caller],
    assign_dla: Injected[AssignDla],
) -> AssignedCount:
    """Assign a DLA to students of a section that one teaches; twice assigns once."""
    work_id = data.section_assessment_id
    report = assign_dla(
        AssignDlaCommand(
            caller.person_id,
            dla_id,
            SectionId(data.section_id),
            frozenset(map(PersonId, data.student_ids)),
            data.due_at,
            SectionAssessmentId(work_id) if work_id else None,
        )
    )
    return AssignedCount(report.assigned, report.already)


@reading("/assigned-dlas", _TAG, Right.SIGNED_IN)
def list_assigned_dlas(
    caller: Injected[Caller],
    page_asked: Injected[PageAsked],
    assigned_records: Injected[AssignedRecords],
    section: SectionAsked = None,
    dla: Annotated[DlaId | None, named("dla", "Id of a DLA.")] = None,
    student: Annotated[PersonId | None, named("student", "Id of a person.")] = None,
    dla_state: Annotated[DlaState | None, named("state", "In which state.")] = None,
) -> Response[Listed[AssignedDlaOut]]:
    """What students of the sections that one teaches have, or a student's own."""
    wanted = AssignedWanted(section, dla, student, dla_state)
    found = assigned_records(caller.viewer, wanted, page_asked.turn)
    return page_asked.answer(found, assigned_dla_out)


@reading(_GIVEN, _TAG, Right.SIGNED_IN, 404)
def one_assigned_dla(
    assigned_id: FromPath[AssignedDlaId],
    caller: Injected[Caller],
    assigned_records: Injected[AssignedRecords],
) -> Response[AssignedDlaOut]:
    return with_etag(assigned_dla_out(assigned_records.one(caller.viewer, assigned_id)))


@replacing(_GIVEN, _TAG, Right.SEE_OWN_RESULTS)
def write_assigned_dla(
    assigned_id: FromPath[AssignedDlaId],
    data: JSONBody[DlaWritten],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    assigned_records: Injected[AssignedRecords],
    attach_dla_links: Injected[AttachDlaLinks],
    write_dla: Injected[WriteDla],
) -> Response[AssignedDlaOut]:
    """Write on one's own DLA, and hand it in."""
    if_match.check(assigned_dla_out(assigned_records.one(caller.viewer, assigned_id)))
    attach_dla_links(caller.viewer, assigned_id, links_of(data.links))
    seen = assigned_records.one(caller.viewer, assigned_id).assigned.version
    write_dla(WriteDlaCommand(caller.person_id, assigned_id, data.text, data.hand_in, seen))
    return with_etag(assigned_dla_out(assigned_records.one(caller.viewer, assigned_id)))


@moving(f"{_GIVEN}/decision", _TAG, _TEACH)
def decide_assigned_dla(
    assigned_id: FromPath[AssignedDlaId],
    data: JSONBody[DlaDecisionIn],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    assigned_records: Injected[AssignedRecords],
    decide_dlas: Injected[DecideDlas],
) -> Response[AssignedDlaOut]:
    """Accept what was handed in, or return it with a word."""
    if_match.check(assigned_dla_out(assigned_records.one(caller.viewer, assigned_id)))
    accept = data.decision == "accept"
    report = decide_dlas(DecideDlasCommand(caller.person_id, [assigned_id], accept, data.word))
    if report.left:
        raise Conflict("Nothing is handed in that could be decided so.")
    return with_etag(assigned_dla_out(assigned_records.one(caller.viewer, assigned_id)))


def _command(caller: Caller, data: DlaIn, dla_id: DlaId | None, seen: int) -> SaveDlaCommand:
    return SaveDlaCommand(
        caller.person_id,
        dla_id,
        data.title,
        data.instructions,
        links_of(data.links),
        data.hand_in,
        SloId(data.slo_id) if data.slo_id else None,
        seen,
    )


ROUTES = (
    list_dlas,
    one_dla,
    make_dla,
    change_dla,
    assign,
    list_assigned_dlas,
    one_assigned_dla,
    write_assigned_dla,
    decide_assigned_dla,
)
