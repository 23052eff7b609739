"""Links, synchronisations, imports and sends as they go out and come in."""

from datetime import datetime

from adapters.inbound.http.api.wire import In, Line, Number, Out, shaped
from application.outcome_sync.plan import OutcomesPlan, PlannedPlace
from application.queries.sending.send_report import SendReport
from application.use_cases.lms.lms_sites import SiteLine
from domain.delivery import DeliveryState, GradeSource, SendState
from domain.link import Link
from domain.outcomes.sync_plan import Step, SyncState
from domain.outcomes.sync_run import RunState, SyncRun
from domain.score import plain
from domain.score_import.import_plan import ImportPolicy
from domain.score_import.import_run import ImportState, ScoreImport


class SiteOut(Out, frozen=True):
    """An LMS site. `test` marks a test instance."""

    id: str
    name: str
    url: str
    test: bool
    active: bool


class LinkOut(Out, frozen=True):
    """One assignment of the LMS tied to one assessment in a section."""

    id: str
    section_assessment_id: str
    section_id: str
    site_id: str | None
    course_ref: str | None
    assignment_ref: str | None
    title: str
    points_possible: Number | None
    linked_by: str
    linked_at: datetime
    unlinked_at: datetime | None


class SyncRunOut(Out, frozen=True):
    """`requestedBy` is a person's id, or `command line`; `reason` says why it waits or stopped."""

    id: str
    site_id: str
    work_id: str | None
    requested_by: str
    requested_at: datetime
    state: RunState
    reason: str
    finished_at: datetime | None
    undo_of: str | None


class ImportCountsOut(Out, frozen=True):
    new: int
    changed: int
    same: int
    conflicts: int
    cannot: int


class ImportOut(Out, frozen=True):
    """One import of scores from the LMS."""

    id: str
    work_id: str
    site_id: str
    course_ref: str
    course_name: str
    requested_by: str
    requested_at: datetime
    scheduled: bool
    state: ImportState
    reason: str
    assignments: list[str]
    policy: ImportPolicy
    counts: ImportCountsOut
    applied_at: datetime | None


class SendIn(In, frozen=True):
    """`students` left out sends all that are ready. `confirmed` may also replace a grade."""

    link_id: Line | None = None
    students: tuple[Line, ...] | None = None
    confirmed: tuple[Line, ...] = ()


class GradeOut(Out, frozen=True):
    """One student's grade on its way; it is `sent` when it was read back from the LMS."""

    student_id: str
    grade: Number
    source: GradeSource
    state: DeliveryState
    reason: str
    detail: str


class SendOut(Out, frozen=True):
    id: str
    link_id: str
    state: SendState
    reason: str
    requested_by: str
    requested_at: datetime
    finished_at: datetime | None
    grades: list[GradeOut]


class SendStarted(Out, frozen=True):
    """The work goes on in the background; ask for the send by its id."""

    id: str


class OutcomeScopeIn(In, frozen=True):
    """The CSLOs of a course, of an org with all below, or, without both, of the college.

    `destination` is an account of the LMS; left out, the one that each org is paired with.
    """

    site_id: Line
    course_id: Line | None = None
    org_id: Line | None = None
    destination: Line | None = None


class SyncIn(OutcomeScopeIn, frozen=True):
    """`sloIds` left out sends all. `overwrite` names SLOs whose change in the LMS is replaced.

    `accepted` are slugs of hindrances under which to send all the same.
    """

    slo_ids: tuple[Line, ...] | None = None
    overwrite: tuple[Line, ...] = ()
    accepted: tuple[Line, ...] = ()


class PlannedSloOut(Out, frozen=True):
    slo_id: str
    code: str
    folder: str
    state: SyncState
    step: Step
    differences: list[str]
    reason: str


class HindranceOut(Out, frozen=True):
    """`stops`: it must be mended; all else can be accepted by its slug."""

    slug: str
    stops: bool
    detail: str


class PlannedPlaceOut(Out, frozen=True):
    """`unread` says why the LMS could not be asked; the lines then stand on our records."""

    place: str | None
    name: str
    unread: str
    hindrances: list[HindranceOut]
    lines: list[PlannedSloOut]


class PlanOut(Out, frozen=True):
    """What a synchronisation would do. Nothing is sent by asking."""

    site_id: str
    sends: bool
    places: list[PlannedPlaceOut]


class SyncStarted(Out, frozen=True):
    """`id` is null where there was nothing to send."""

    id: str | None


def site_out(site: SiteLine) -> SiteOut:
    return shaped(SiteOut, site)


def link_out(link: Link) -> LinkOut:
    points = link.points_possible
    return LinkOut(
        id=link.id,
        section_assessment_id=link.section_assessment_id,
        section_id=link.section_id,
        site_id=link.site_id,
        course_ref=link.course_ref,
        assignment_ref=link.assignment_ref,
        title=link.title,
        points_possible=None if points is None else plain(points),
        linked_by=link.linked_by,
        linked_at=link.linked_at,
        unlinked_at=link.unlinked_at,
    )


def sync_run_out(run: SyncRun) -> SyncRunOut:
    return shaped(SyncRunOut, run)


def import_out(score_import: ScoreImport) -> ImportOut:
    return shaped(ImportOut, score_import)


def send_out(report: SendReport) -> SendOut:
    send = report.send
    return SendOut(
        id=send.id,
        link_id=send.link_id,
        state=send.state,
        reason=send.reason,
        requested_by=send.requested_by,
        requested_at=send.requested_at,
        finished_at=send.finished_at,
        grades=[
            GradeOut(
                row.person.id,
                plain(row.delivery.grade),
                row.delivery.source,
                row.delivery.state,
                row.delivery.reason,
                row.sentence,
            )
            for row in report.rows
        ],
    )


def plan_out(plan: OutcomesPlan) -> PlanOut:
    return PlanOut(plan.site.id, plan.sends, [_place(one) for one in plan.places])


def _place(place: PlannedPlace) -> PlannedPlaceOut:
    return PlannedPlaceOut(
        place=None if place.place is None else str(place.place),
        name=place.name,
        unread=place.unread,
        hindrances=[HindranceOut(one.slug, one.stops, one.sentence) for one in place.hindrances],
        lines=[
            PlannedSloOut(
                line.wish.slo_id,
                line.wish.code,
                line.wish.folder.title,
                line.state,
                line.step,
                list(line.differences),
                line.reason,
            )
            for line in place.lines
        ],
    )
