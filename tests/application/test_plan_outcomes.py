"""The plan before Send Outcomes: who may, where to, what stands in the way."""

from dataclasses import replace

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.lms_outcome_state import ROOT
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Forbidden, Invalid, LmsRefused, LmsUnavailable, NotFound
from application.outcome_sync.scope import CourseScope, OrgScope, WholeCollege
from application.outcome_sync.wishing import default_scale
from application.queries.outcome_sync.sync_scopes import SyncScopes
from application.viewers import Viewer
from domain.access import Role
from domain.ids import CourseId, LmsAccountRef, OrgId, PersonId
from domain.outcomes.sync_plan import Step, SyncState
from domain.slo import SloKind, SloState
from tests import builders
from tests.application.sending import TEACHER
from tests.application.syncing import COMMAND_LINE, STEWARD, SyncDesk, steps
from tests.exchange_builders import an_outcome_content
from tests.stand_ins import FixedClock

MATH, SCIENCE = OrgId("org-math"), OrgId("org-science")
MATH_COURSE = CourseScope(CourseId("course-math1"))


def viewer(name: str, role: Role) -> Viewer:
    return Viewer(PersonId(f"person-{name}"), role)


@pytest.fixture
def desk(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> SyncDesk:
    """Besides English there is science, and mathematics below it."""
    desk = SyncDesk(memory_units, memory_jobs, clock)
    with desk.units() as unit:
        unit.roster.put_orgs(
            [builders.an_org("science"), builders.an_org("math", parent_id=SCIENCE)]
        )
        unit.roster.put_courses([builders.a_course("math1", org_id=MATH)])
        unit.outcomes.put_slos([builders.an_slo("sets", course_id=MATH_COURSE.course_id)])
        unit.roster.put_people([builders.a_person("cora"), builders.a_person("eve")])
        unit.roster.grant(builders.a_role_grant("cora", role=Role.COORDINATOR, org_id=SCIENCE))
        unit.roster.grant(builders.a_role_grant("eve", role=Role.COORDINATOR))
        unit.commit()
    return desk


async def places(desk: SyncDesk, scope: object = None) -> dict[str, list[str]]:
    plan = await desk.plan(scope or WholeCollege())  # type: ignore[arg-type] # a scope
    return {one.name: [line.wish.code for line in one.lines] for one in plan.places}


class TestWhoMay:
    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            (COMMAND_LINE, ["ENGL101", "MATH1"]),
            (STEWARD, ["ENGL101", "MATH1"]),
            (viewer("cora", Role.COORDINATOR), ["MATH1"]),
            (viewer("eve", Role.COORDINATOR), ["ENGL101", "MATH1"]),
            (viewer("tess", Role.FACULTY), ["ENGL101"]),
            (viewer("cora", Role.FACULTY), []),
        ],
    )
    def test_each_role_sees_its_courses(self, desk: SyncDesk, who: Viewer, seen: list[str]) -> None:
        assert [course.code for course in SyncScopes(desk.units)(who).courses] == seen

    @pytest.mark.parametrize("role", [Role.STUDENT, Role.READER])
    async def test_students_and_readers_may_not(self, desk: SyncDesk, role: Role) -> None:
        with pytest.raises(Forbidden):
            await desk.plan(viewer=viewer("ana", role))

    async def test_a_foreign_course_is_not_there(self, desk: SyncDesk) -> None:
        with pytest.raises(NotFound):
            await desk.plan(viewer=viewer("cora", Role.COORDINATOR))

    async def test_an_org_holds_those_below(self, desk: SyncDesk) -> None:
        found = await places(desk, OrgScope(SCIENCE))
        assert list(found.values()) == [["SETS"]]

    async def test_the_work_of_somebody_else_is_not_there(self, desk: SyncDesk) -> None:
        with pytest.raises(NotFound):
            await desk.plan(desk.work_scope(), viewer("cora", Role.FACULTY))

    async def test_the_command_line_says_for_whom(self, desk: SyncDesk) -> None:
        with pytest.raises(Forbidden, match="--as"):
            await desk.plan(desk.work_scope(), COMMAND_LINE)


class TestWhereTo:
    async def test_its_pairing_else_the_site_account(self, desk: SyncDesk) -> None:
        assert await places(desk) == {
            "English": ["EVIDENCE", "THESIS"],
            "Practice College": ["SETS"],
        }

    async def test_the_nearest_org_above_that_is_paired(self, desk: SyncDesk) -> None:
        account = desk.canvas.given_unit(name="Science")
        with desk.units() as unit:
            unit.pairings.pair_org(desk.pairing("science", account, "Science"))
            unit.commit()
        assert (await places(desk))["Science"] == ["SETS"]

    async def test_without_any_the_lines_say_so(self, desk: SyncDesk) -> None:
        desk.desk.choose("")
        (place,) = (await desk.plan(MATH_COURSE)).places
        assert [(one.step, one.reason) for one in place.lines] == [(Step.BLOCKED, "no-destination")]

    async def test_a_chosen_account_takes_all(self, desk: SyncDesk) -> None:
        plan = await desk.plan(WholeCollege(), destination=ROOT)
        assert [place.name for place in plan.places] == ["Practice College"]

    async def test_others_than_stewards_choose_what_is_paired_with_an_org_of_theirs(
        self, desk: SyncDesk
    ) -> None:
        tess = viewer("tess", Role.FACULTY)
        other = desk.canvas.given_unit(name="Other")
        plan = await desk.plan(viewer=tess, destination=desk.account)
        assert [place.name for place in plan.places] == ["English"]
        with pytest.raises(Forbidden, match="paired with an org of yours"):
            await desk.plan(viewer=tess, destination=other)

    async def test_another_destination_later_is_another_outcome(self, desk: SyncDesk) -> None:
        await desk.sync()
        plan = await desk.plan(destination=LmsAccountRef(ROOT))
        assert {line.guid for line in plan.lines} == {
            f"attain:{ROOT}:slo:slo-{key}:v2" for key in desk.slos
        }


class TestLines:
    async def test_only_active_course_slos_are_offered(self, desk: SyncDesk) -> None:
        with desk.units() as unit:
            unit.outcomes.put_slos(
                [
                    builders.an_slo("draft", state=SloState.DRAFT),
                    builders.an_slo("retired", state=SloState.RETIRED),
                    builders.an_slo("program", kind=SloKind.PROGRAM, org_id=MATH),
                ]
            )
            unit.commit()
        assert steps(await desk.plan()) == {"thesis": Step.ADD, "evidence": Step.ADD}

    async def test_they_stand_under_the_folder_of_their_course(self, desk: SyncDesk) -> None:
        (place, _) = (await desk.plan(WholeCollege())).places
        assert [one.title for one in place.folders] == ["ENGL101 Course engl101"]

    async def test_a_scale_without_a_threshold_blocks_by_name(self, desk: SyncDesk) -> None:
        scale = builders.a_scale()
        low = tuple(replace(one, mastery=builders.BEGINNING) for one in scale.levels)
        with desk.units() as unit:
            unit.outcomes.put_scales([replace(scale, levels=low)])
            unit.commit()
        plan = await desk.plan()
        assert {(one.step, one.reason) for one in plan.lines} == {(Step.BLOCKED, "no-threshold")}
        assert await desk.start() is None

    def test_without_any_scale_the_cure_is_said(self, memory_units: MemoryUnits) -> None:
        with memory_units(write=False) as unit, pytest.raises(Invalid, match="default scale"):
            default_scale(unit)


class TestHindrances:
    async def test_a_foreign_folder_of_the_same_name_must_be_accepted(self, desk: SyncDesk) -> None:
        desk.canvas.given_folder(desk.place, "ENGL101 Course engl101")
        desk.canvas.given_outcome(desk.place, an_outcome_content(title="THESIS Write: thesis"))
        (one,) = (await desk.plan()).hindrances
        assert (one.slug, one.stops) == ("same-name", False)
        assert one.details == ("ENGL101 Course engl101", "THESIS Write: thesis")
        with pytest.raises(Invalid, match="same-name"):
            await desk.start()
        assert (await desk.sync(accepted=["same-name"])).failed == 0

    async def test_an_outcome_that_stands_there_twice_is_named(self, desk: SyncDesk) -> None:
        await desk.sync()
        (there, *_) = desk.canvas.outcomes.values()
        desk.canvas.given_outcome(desk.place, there.content, guid=there.guid)
        (one,) = (await desk.plan()).hindrances
        assert (one.slug, one.stops, one.details) == ("doubled", False, (there.content.title,))

    async def test_a_key_that_strips_includes_is_named(self, desk: SyncDesk) -> None:
        desk.canvas.includes_kept = False
        assert [one.slug for one in (await desk.plan()).hindrances] == ["stripped-includes"]

    async def test_nothing_to_send_is_hindered_by_nothing(self, desk: SyncDesk) -> None:
        await desk.sync()
        desk.canvas.includes_kept, desk.canvas.mastery_scales = False, True
        assert (await desk.plan()).hindrances == ()


class TestUnread:
    async def test_without_authorisation_our_records_tell_what_is_known(
        self, desk: SyncDesk
    ) -> None:
        await desk.sync("thesis")
        desk.change("thesis", title="Argue")
        desk.canvas.revoke_admin(ROOT, desk.dana)
        plan = await desk.plan()
        assert (plan.unread, plan.hindrances[0].slug) == ("unauthorised", "unauthorised")
        assert plan.hindrances[0].stops
        assert {one.wish.code: one.state for one in plan.lines} == {
            "EVIDENCE": SyncState.NEVER_SENT,
            "THESIS": SyncState.CHANGED_HERE,
        }

    async def test_a_missing_scope_stops(self, desk: SyncDesk) -> None:
        desk.lms.scopes_held = False
        assert (await desk.plan()).hindrances[0].slug == "no-scope"
        with pytest.raises(LmsRefused) as refused:
            await desk.start()
        assert refused.value.reason == "no-scope"

    async def test_a_course_that_the_teacher_may_not_manage_stops(self, desk: SyncDesk) -> None:
        scope = desk.work_scope()
        desk.lms.state.teachers.clear()
        plan = await desk.plan(scope, Viewer(TEACHER, Role.FACULTY))
        assert [one.slug for one in plan.hindrances] == ["no-right"]

    async def test_an_lms_that_is_away_hinders_nothing_and_nothing_is_sent(
        self, desk: SyncDesk
    ) -> None:
        desk.lms.failures = [LmsUnavailable("away")]
        plan = await desk.plan()
        assert (plan.unread, plan.hindrances) == ("unavailable", ())

    async def test_one_place_that_is_gone_leaves_the_others_read(self, desk: SyncDesk) -> None:
        del desk.canvas.units[desk.account]
        plan = await desk.plan(WholeCollege())
        assert {place.name: place.unread for place in plan.places} == {
            "English": "place-missing",
            "Practice College": "",
        }

    async def test_more_places_than_are_to_be_read_stand_on_our_records(
        self, desk: SyncDesk
    ) -> None:
        command = desk.command(WholeCollege(), STEWARD, None)
        desk.lms.failures = [LmsUnavailable("must not be asked")]
        plan = await desk.plan_outcomes(replace(command, most_places=1))
        assert {place.unread for place in plan.places} == {"not-asked"}
        assert {line.state for line in plan.lines} == {SyncState.NEVER_SENT}
        desk.lms.failures = []
        assert (await desk.plan_outcomes(replace(command, most_places=2))).unread == ""


class TestNames:
    def test_codes_and_source_ids_name_courses_orgs_and_the_only_site(self, desk: SyncDesk) -> None:
        scopes = SyncScopes(desk.units)
        assert scopes.course("MATH1") == scopes.course("src-math1") == MATH_COURSE
        assert scopes.org("src-math") == OrgScope(MATH)
        assert scopes.site("") == scopes.site("main")
        for wrong in (scopes.course, scopes.org, scopes.site):
            with pytest.raises(Invalid):
                wrong("nothing")

    def test_a_teacher_is_offered_the_accounts_of_own_orgs(self, desk: SyncDesk) -> None:
        choice = SyncScopes(desk.units)(viewer("tess", Role.FACULTY))
        assert [one.account_name for one in choice.sites[0].pairings] == ["English"]
        assert [org.id for org in choice.orgs] == ["org-english"]
