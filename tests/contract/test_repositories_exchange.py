"""What the stores of publications, runs and pairings promise, over each kind of store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from application.errors import Conflict, NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.ids import (
    JobId,
    LmsAccountRef,
    LmsCourseRef,
    LmsOutcomeRef,
    OrgId,
    PersonId,
    PublicationId,
    SectionAssessmentId,
    SiteId,
    SloId,
    SyncItemId,
    SyncRunId,
)
from domain.outcomes.found import PlaceKind
from domain.outcomes.publication import Publication
from domain.outcomes.sync_run import RunState
from tests.builders import College, a_section, a_site, an_org, an_slo
from tests.exchange_builders import (
    a_place,
    a_publication,
    a_section_pairing,
    a_sync_item,
    a_sync_run,
    an_account_authorisation,
    an_org_pairing,
    an_outcome_content,
    an_upload,
)
from tests.stand_ins import NOON

SITE = SiteId("site-main")
OTHER_SITE = SiteId("site-other")
WORK = SectionAssessmentId("work-essay")
RUN = SyncRunId("run-first")
COURSE = a_place(PlaceKind.COURSE, "101")
LATER = NOON + timedelta(hours=1)
MANY = 1_200


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.sites.save(a_site("other"))
        unit.outcomes.put_slos([an_slo("audience")])
        unit.commit()
    return units


class TestPublications:
    def test_of_slos_come_by_slo_and_generation(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            second = a_publication("a", generation=2)
            first = a_publication("b", live=False)
            audience = a_publication("c", slo_id=SloId("slo-audience"), place=COURSE)
            elsewhere = a_publication("d", site_id=OTHER_SITE)
            second, first, audience, _ = unit.publications.save(
                [second, first, audience, elsewhere]
            )

            both = [SloId("slo-thesis"), SloId("slo-audience")]
            assert unit.publications.of_slos(SITE, both) == [audience, first, second]
            assert unit.publications.of_slos(SITE, both[1:]) == [audience]
            assert unit.publications.of_slos(SITE, []) == []

    def test_of_place_are_those_of_the_place_and_the_use(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            second, first, used, _ = unit.publications.save(
                [
                    a_publication("a", place=COURSE, generation=2),
                    a_publication("b", place=COURSE, live=False),
                    a_publication("c", place=COURSE, work_id=WORK),
                    a_publication("d", place=a_place(PlaceKind.ACCOUNT, "101")),
                ]
            )

            assert unit.publications.of_place(SITE, COURSE, None) == [first, second]
            assert unit.publications.of_place(SITE, COURSE, WORK) == [used]
            assert unit.publications.of_place(OTHER_SITE, COURSE, None) == []

    def test_outcomes_are_known_at_their_site_only(self, college: UnitOfWorkFactory) -> None:
        ref = LmsOutcomeRef("17")
        elsewhere = a_publication("c", site_id=OTHER_SITE, outcome_ref=ref)

        with college() as unit:
            two, one, _ = unit.publications.save(
                [a_publication("b", live=False), a_publication("a", outcome_ref=ref), elsewhere]
            )

            refs = [ref, two.outcome_ref, LmsOutcomeRef("none")]
            assert unit.publications.of_outcomes(SITE, refs) == [one, two]
            assert unit.publications.of_outcomes(SITE, []) == []
            assert unit.publications.of_site(SITE) == [one, two]

    def test_the_run_and_an_unknown_scale_are_kept(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.sync_runs.save(a_sync_run())
            hidden = an_outcome_content(scale=None)
            [saved] = unit.publications.save([a_publication(run_id=RUN, content=hidden)])
            unit.commit()

        with college(write=False) as unit:
            assert unit.publications.of_site(SITE) == [saved]

    def test_a_guid_is_used_once_at_a_site(self, college: UnitOfWorkFactory) -> None:
        same = "attain:1:slo:slo-a"

        with college() as unit:
            first, elsewhere = unit.publications.save(
                [a_publication("a"), a_publication("b", site_id=OTHER_SITE, guid=same)]
            )
            with pytest.raises(Conflict):
                unit.publications.save([a_publication("c"), a_publication("d", guid=same)])

            assert unit.publications.of_site(SITE) == [first]
            assert unit.publications.of_site(OTHER_SITE) == [elsewhere]

    def test_two_with_one_guid_are_not_saved_together(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            with pytest.raises(Conflict):
                unit.publications.save([a_publication("a"), a_publication("b", guid=_guid("a"))])
            assert unit.publications.of_site(SITE) == []

            a, b = unit.publications.save([a_publication("a"), a_publication("b")])
            with pytest.raises(Conflict):
                unit.publications.save([replace(b, guid=a.guid)])

    def test_foreign_outcomes_without_a_guid_claim_none(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            saved = unit.publications.save(a_publication(key, guid="", mapped=True) for key in "ab")

            assert unit.publications.of_site(SITE) == saved

    def test_a_stale_one_spoils_the_whole_save(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            [old] = unit.publications.save([a_publication("a")])
            [new] = unit.publications.save([replace(old, live=False)])

            with pytest.raises(Conflict):
                unit.publications.save([a_publication("b"), old])

            assert unit.publications.of_site(SITE) == [new]

    def test_many_are_saved_and_saved_again(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            saved = unit.publications.save(_publication(number) for number in range(MANY))
            again = unit.publications.save(replace(one, live=False) for one in saved)

            assert [one.version for one in again] == [2] * MANY
            assert unit.publications.of_site(SITE) == again


def _guid(key: str) -> str:
    return a_publication(key).guid


def _publication(number: int) -> Publication:
    return a_publication(f"{number:04}", id=PublicationId(f"publication-{number:04}"))


class TestSyncRuns:
    def test_a_run_comes_back_whole(self, college: UnitOfWorkFactory) -> None:
        undo = a_sync_run("undo", work_id=WORK, acts_as=PersonId("person-tess"), undo_of=RUN)

        with college() as unit:
            first = unit.sync_runs.save(a_sync_run(job_id=JobId("job")))
            undo = unit.sync_runs.save(undo)
            with pytest.raises(Conflict):
                unit.sync_runs.save(a_sync_run())
            done = unit.sync_runs.save(first.moved(RunState.DONE, at=LATER))
            unit.commit()

        with college(write=False) as unit:
            assert unit.sync_runs.get(RUN) == done
            assert unit.sync_runs.get(undo.id) == undo
            with pytest.raises(NotFound):
                unit.sync_runs.get(SyncRunId("x"))

    def test_recent_ones_come_newest_first(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            a, b, c = (
                unit.sync_runs.save(a_sync_run(key, requested_at=at))
                for key, at in (("a", NOON), ("b", LATER), ("c", NOON))
            )

            assert unit.sync_runs.recent() == [b, c, a]
            assert unit.sync_runs.recent(2) == [b, c]

    def test_open_ones_come_oldest_first(self, college: UnitOfWorkFactory) -> None:
        states = [RunState.QUEUED, RunState.RUNNING, RunState.WAITING]

        with college() as unit:
            opened = [
                unit.sync_runs.save(
                    a_sync_run(state.value, state=state, requested_at=NOON - timedelta(hours=hours))
                )
                for hours, state in enumerate(states)
            ]
            for state in (RunState.DONE, RunState.STOPPED):
                unit.sync_runs.save(a_sync_run(state.value, state=state))

            assert unit.sync_runs.open_runs() == opened[::-1]

    def test_items_come_by_number_and_are_replaced(self, college: UnitOfWorkFactory) -> None:
        second = a_sync_item(2, before=an_outcome_content("old"), old_ref=LmsOutcomeRef("3"))
        settled = second.settled(LmsOutcomeRef("4"))

        with college() as unit:
            for key in ("first", "second"):
                unit.sync_runs.save(a_sync_run(key))
            unit.sync_runs.put_items([a_sync_item(10), second, a_sync_item(1, "second")])
            unit.sync_runs.put_items([settled])
            unit.sync_runs.put_items([])

            assert unit.sync_runs.items(RUN) == [settled, a_sync_item(10)]
            assert unit.sync_runs.items(SyncRunId("x")) == []

    def test_many_items_are_put_at_once(self, college: UnitOfWorkFactory) -> None:
        items = [a_sync_item(number) for number in range(MANY)]

        with college() as unit:
            unit.sync_runs.save(a_sync_run())
            unit.sync_runs.put_items(items)
            unit.sync_runs.put_items(item.failed("changed-there") for item in items)

            assert {item.reason for item in unit.sync_runs.items(RUN)} == {"changed-there"}
            assert len(unit.sync_runs.items(RUN)) == MANY

    def test_uploads_come_by_place_and_number(self, college: UnitOfWorkFactory) -> None:
        settled = an_upload(2, import_ref="17", settled=True, item_ids=(SyncItemId("a"),))
        course = an_upload(1, place=COURSE)

        with college() as unit:
            unit.sync_runs.save(a_sync_run())
            for upload in (course, an_upload(10), an_upload(2), settled):
                unit.sync_runs.put_upload(upload)

            assert unit.sync_runs.uploads(RUN) == [settled, an_upload(10), course]
            assert unit.sync_runs.uploads(SyncRunId("x")) == []


class TestAccounts:
    def test_they_come_in_the_order_in_which_they_were_given(
        self, college: UnitOfWorkFactory
    ) -> None:
        severed = an_account_authorisation("ana", given_at=NOON - timedelta(days=1))

        with college() as unit:
            tess = unit.pairings.save_account(an_account_authorisation())
            ana = unit.pairings.save_account(replace(severed, lost_reason="no-right"))
            ben = unit.pairings.save_account(an_account_authorisation("ben"))
            unit.pairings.save_account(an_account_authorisation(site_id=OTHER_SITE))

            assert unit.pairings.accounts(SITE) == [ana, ben, tess]

    def test_there_is_one_for_each_site_and_person(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            first = unit.pairings.save_account(an_account_authorisation())
            with pytest.raises(Conflict):
                unit.pairings.save_account(an_account_authorisation(account_ref=LmsAccountRef("2")))
            lost = unit.pairings.save_account(replace(first, lost_reason="no-right"))
            with pytest.raises(Conflict):
                unit.pairings.save_account(replace(first, checked_at=LATER))

            assert unit.pairings.accounts(SITE) == [lost]


class TestPairings:
    def test_an_org_has_one_account_at_each_site(self, college: UnitOfWorkFactory) -> None:
        moved = an_org_pairing(account_ref=LmsAccountRef("9"), paired_by="command line")
        history = an_org_pairing("history")
        elsewhere = an_org_pairing(site_id=OTHER_SITE)

        with college() as unit:
            unit.roster.put_orgs([an_org("history")])
            for pairing in (an_org_pairing(), moved, history, elsewhere):
                unit.pairings.pair_org(pairing)

            both = {OrgId("org-english"): moved, OrgId("org-history"): history}
            assert unit.pairings.orgs(SITE) == both
            assert unit.pairings.orgs(OTHER_SITE) == {OrgId("org-english"): elsewhere}

    def test_unpairing_takes_one_away_and_again_nothing(self, college: UnitOfWorkFactory) -> None:
        elsewhere = an_org_pairing(site_id=OTHER_SITE)

        with college() as unit:
            unit.pairings.pair_org(an_org_pairing())
            unit.pairings.pair_org(elsewhere)
            for _ in range(2):
                unit.pairings.unpair_org(SITE, OrgId("org-english"))

            assert unit.pairings.orgs(SITE) == {}
            assert unit.pairings.orgs(OTHER_SITE) == {OrgId("org-english"): elsewhere}

    def test_a_person_has_one_course_for_a_section(self, college: UnitOfWorkFactory) -> None:
        section = a_section().id
        last = a_section_pairing(course_ref=LmsCourseRef("102"), chosen_at=LATER)

        with college() as unit:
            for pairing in (a_section_pairing(), last, a_section_pairing("ana")):
                unit.pairings.pair_section(pairing)

            assert unit.pairings.section(section, PersonId("person-tess")) == last
            assert unit.pairings.section(section, PersonId("person-ana")) == a_section_pairing(
                "ana"
            )
            assert unit.pairings.section(section, PersonId("person-ben")) is None
