"""CSLOs in every sync state, and synchronisations done, under way, waiting and stopped."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from adapters.outbound.memory.lms_outcome_state import ROOT, OutcomeState
from application.ports.unit_of_work import UnitOfWork
from domain.ids import CourseId, LmsCourseRef, OrgId, PersonId, SyncRunId
from domain.outcomes.content import content_of, meanings_of
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.outcomes.guids import course_folder_guid, slo_guid
from domain.outcomes.sync_plan import FolderWish, Step
from domain.outcomes.sync_run import ItemState, RunState
from domain.rubric import slo_row
from domain.slo import Slo
from tests.browser.scoring_server import WORK
from tests.builders import a_course, a_site, an_slo
from tests.exchange_builders import a_publication, a_sync_item, a_sync_run
from tests.stand_ins import NOON

SENT_RUN, MOVING_RUN, WAITING_RUN, STOPPED_RUN, WORK_RUN = (
    SyncRunId(f"run-{name}") for name in ("sent", "moving", "waiting", "stopped", "work")
)
CHEMISTRY = CourseId("course-chem1")
_BIOLOGY = CourseId("course-engl101")


def furnish_outcomes(unit: UnitOfWork, canvas: OutcomeState, course: LmsCourseRef) -> None:
    """Biology is sent in part and was changed on both sides; chemistry is as it shall be."""
    unit.roster.put_courses(
        [a_course("chem1", code="CHEM 1", title="General Chemistry", org_id=OrgId("org-science"))]
    )
    reaction = an_slo("reaction", code="CHEM-1", title="Reaction rates", course_id=CHEMISTRY,
                      descriptors=())  # fmt: skip
    fresh = an_slo("s8", code="SLO 9", title="Ethics of research", descriptors=())
    unit.outcomes.put_slos([reaction, fresh])
    same, here, there, missing = (
        one for one in unit.outcomes.slos() if one.id in {f"slo-s{n}" for n in range(4)}
    )
    english = unit.pairings.orgs(a_site().id)[OrgId("org-english")].account_ref
    biology = OutcomePlace(PlaceKind.ACCOUNT, english)
    _send(unit, canvas, biology, same)
    _send(unit, canvas, biology, replace(here, title="Writing", statement="Students write."))
    _send(unit, canvas, biology, there, title="Reworded in Canvas by somebody")
    _send(unit, canvas, biology, missing, is_there=False)
    _send(unit, canvas, OutcomePlace(PlaceKind.ACCOUNT, ROOT), reaction)
    _runs(unit, biology, [same, here, there, missing], course)


def _send(
    unit: UnitOfWork,
    canvas: OutcomeState,
    place: OutcomePlace,
    slo: Slo,
    *,
    title: str = "",
    is_there: bool = True,
) -> None:
    row = slo_row(slo, unit.outcomes.scales()[0])
    content = content_of(row)
    guid = slo_guid(ROOT, slo.id)
    ref = canvas.given_outcome(
        place, replace(content, title=title) if title else content, guid=guid
    )
    if not is_there:
        del canvas.outcomes[ref]
        canvas.links = {key: None for key in canvas.links if key[1] != ref}
    unit.publications.save(
        [
            a_publication(
                f"cslo-{slo.id}", slo_id=slo.id, place=place, guid=guid, outcome_ref=ref,
                content=content, meanings=meanings_of(row),
            )
        ]
    )  # fmt: skip


def _runs(unit: UnitOfWork, place: OutcomePlace, slos: list[Slo], course: LmsCourseRef) -> None:
    folder = FolderWish(course_folder_guid(ROOT, _BIOLOGY), "BIOL 101 Introduction to Biology", "")
    stew, earlier = {"requested_by": "person-stew"}, NOON - timedelta(days=1)
    scale = unit.outcomes.scales()[0]
    done, failed = {"state": ItemState.DONE}, {"state": ItemState.FAILED}
    ended = {"requested_at": earlier, "finished_at": earlier}

    def run(name: str, *items: dict[str, Any], **changes: Any) -> None:
        unit.sync_runs.save(a_sync_run(name, **changes))
        unit.sync_runs.put_items(
            a_sync_item(
                number, name,
                **{"content": content_of(slo_row(slo, scale)), "label": slo.code,
                   "slo_id": slo.id, "place": place, "folder": folder, **item},
            )
            for number, (slo, item) in enumerate(zip(slos, items, strict=False))
        )  # fmt: skip

    run("sent", done, {**done, "step": Step.CHANGE},
        {**failed, "reason": "row-refused:Title is too long"}, {**failed, "reason": "aligned"},
        state=RunState.DONE, **stew, **ended)  # fmt: skip
    run("stopped", done, {}, state=RunState.STOPPED, requested_by="command line", **ended)
    run("waiting", done, {}, state=RunState.WAITING, reason="unauthorised",
        **stew)  # fmt: skip
    run("moving", done, {"state": ItemState.POSTING}, {}, state=RunState.RUNNING, **stew)
    in_course = {**done, "place": OutcomePlace(PlaceKind.COURSE, course),
                 "folder": FolderWish("use", "Lab report: enzyme kinetics", "")}  # fmt: skip
    run("work", in_course, in_course, state=RunState.DONE, work_id=WORK,
        acts_as=PersonId("person-tess"), requested_by="person-tess", **ended)  # fmt: skip
