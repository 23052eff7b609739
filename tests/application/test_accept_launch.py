"""From a verified launch to a session: who, in which role, on which page."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import LaunchRejected
from application.landing import Landing
from application.launch_context import LaunchContext
from application.use_cases.access.accept_launch import AcceptLaunch
from application.use_cases.lms.link_assessment import LinkAssessment, LinkAssessmentCommand, Unlink
from domain.access import Role
from domain.identity import MismatchReason
from domain.ids import PersonId, SectionAssessmentId
from domain.launch import LaunchClaims
from domain.rostering import EnrolmentRole
from tests import builders
from tests.stand_ins import CountedIds, FixedClock

TESS, ANA = PersonId("person-tess"), PersonId("person-ana")
WORK = builders.a_section_assessment().id
OTHER_WORK = SectionAssessmentId("work-essay-2")


@dataclass
class Door:
    units: MemoryUnits
    clock: FixedClock

    def __post_init__(self) -> None:
        secrets = CountedIds("secret")
        self.accept = AcceptLaunch(self.units, self.clock, CountedIds("launch"), secrets)
        self.link = LinkAssessment(self.units, self.clock, CountedIds("link"))
        with self.units() as unit:
            unit.roster.put_orgs([builders.an_org()])
            unit.roster.put_terms([builders.a_term()])
            unit.roster.put_courses([builders.a_course()])
            unit.roster.put_sections([builders.a_section(), builders.a_section("engl101-02")])
            unit.roster.put_people([builders.a_person(name) for name in ("tess", "ana", "bo")])
            teacher = EnrolmentRole.TEACHER
            unit.roster.put_enrolments(
                [
                    builders.an_enrolment("tess", role=teacher),
                    builders.an_enrolment("tess", "engl101-02", role=teacher),
                    builders.an_enrolment("ana"),
                ]
            )
            unit.outcomes.put_scales([builders.a_scale()])
            unit.assessments.save(builders.an_assessment())
            unit.assessments.save_work(builders.a_section_assessment())
            second = builders.a_section("engl101-02").id
            unit.assessments.save_work(
                builders.a_section_assessment("essay", id=OTHER_WORK, section_id=second)
            )
            unit.commit()

    def launch(self, person: str = "tess", roles: str = "Instructor", **params: str) -> Landing:
        return self.accept(claims(person, roles, **params)).landing

    def refused(self, person: str, roles: str, **params: str) -> LaunchRejected:
        with pytest.raises(LaunchRejected) as caught:
            self.launch(person, roles, **params)
        return caught.value

    def linked(self, work_id: SectionAssessmentId = WORK, **params: str) -> None:
        context = LaunchContext.of(claims("tess", "Instructor", **params))
        self.link(LinkAssessmentCommand(TESS, work_id, context))


def claims(person: str, roles: str, **params: str) -> LaunchClaims:
    given = {
        "oauth_consumer_key": "key",
        "tool_consumer_instance_guid": "guid",
        "lti_message_type": "basic-lti-launch-request",
        "user_id": f"lti-{person}",
        "roles": roles,
        "context_id": "context-1",
        "context_label": "ENGL101-01",
        "resource_link_id": "resource-essay",
        "resource_link_title": "Essay 1",
        "lis_person_sourcedid": f"C{person}",
        "launch_presentation_return_url": "https://lms.test/courses/1/return",
        **params,
    }
    return LaunchClaims(given)


@pytest.fixture
def door(memory_units: MemoryUnits, clock: FixedClock) -> Door:
    return Door(memory_units, clock)


class TestFaculty:
    def test_the_first_launch_opens_the_list_with_the_section_chosen(self, door: Door) -> None:
        landing = door.launch()
        assert (landing.role, landing.path) == (Role.FACULTY, "/assessments")
        assert landing.context.sections == (builders.a_section().id,)

    def test_a_linked_assignment_opens_the_assessment_directly(self, door: Door) -> None:
        door.linked()
        assert door.launch().path == f"/works/{WORK}/rubric"

    def test_a_link_follows_what_the_lms_says_of_its_assignment(self, door: Door) -> None:
        door.linked()
        with door.units() as unit:
            unit.sites.save(builders.a_site(url="https://lms.test"))
            unit.commit()
        door.launch(
            custom_canvas_course_id="7",
            custom_canvas_assignment_id="70",
            custom_canvas_assignment_points_possible="40",
            custom_canvas_assignment_title="Essay, final",
        )
        with door.units(write=False) as unit:
            (link,) = unit.links.of_work(WORK)
        assert (link.site_id, link.course_ref, link.assignment_ref) == ("site-main", "7", "70")
        assert (link.title, link.points_possible) == ("Essay, final", Decimal(40))

    def test_two_sections_linked_in_one_assignment_are_both_offered(self, door: Door) -> None:
        door.linked()
        door.linked(OTHER_WORK)
        assert door.launch().path == "/assessments"

    def test_an_undone_link_opens_the_list_again(self, door: Door) -> None:
        door.linked()
        with door.units(write=False) as unit:
            link = unit.links.of_work(WORK)[0]
        Unlink(door.units, door.clock)(TESS, link.id)
        assert door.launch().path == "/assessments"

    def test_an_unknown_context_opens_the_list_and_the_choice_is_remembered(
        self, door: Door
    ) -> None:
        strange = {"context_label": "SANDBOX", "context_id": "context-9"}
        assert door.launch(**strange).context.sections == ()
        door.linked(OTHER_WORK, **strange)
        landing = door.launch(resource_link_id="resource-other", **strange)
        assert landing.context.sections == (builders.a_section("engl101-02").id,)

    def test_sis_ids_tell_the_section_where_the_label_does_not(self, door: Door) -> None:
        landing = door.launch(
            context_label="Other", custom_section_sis_ids="src-engl101-02,nothing"
        )
        assert landing.context.sections == (builders.a_section("engl101-02").id,)

    def test_course_navigation_has_no_assignment_to_link(self, door: Door) -> None:
        landing = door.launch(resource_link_id="context-1")
        assert landing.context.placement is None
        assert landing.path == "/assessments"

    def test_who_teaches_nothing_here_is_refused(self, door: Door) -> None:
        assert door.refused("bo", "Instructor").rejected_as == "section-unmatched"

    def test_a_configured_site_asks_for_authorisation_first_and_once(self, door: Door) -> None:
        with door.units() as unit:
            unit.sites.save(builders.a_site(url="https://lms.test"))
            unit.commit()
        assert door.launch().path == "/authorise?then=%2Fassessments"
        with door.units() as unit:
            unit.sites.save_authorisation(builders.an_authorisation())
            unit.commit()
        assert door.launch().path == "/assessments"

    def test_a_beta_copy_of_the_lms_is_not_taken_for_the_configured_site(self, door: Door) -> None:
        with door.units() as unit:
            unit.sites.save(builders.a_site(url="https://lms.test"))
            unit.commit()
        there = "https://lms.beta.test/courses/1/return"
        assert door.launch(launch_presentation_return_url=there).path == "/assessments"

    def test_an_lms_role_never_widens_what_a_person_is_here(self, door: Door) -> None:
        landing = door.launch("bo", "urn:lti:instrole:ims/lis/Administrator")
        assert landing.role is Role.READER

    def test_a_data_steward_who_administers_the_lms_lands_on_a_page_that_leads_no_further(
        self, door: Door
    ) -> None:
        with door.units() as unit:
            unit.roster.grant(builders.a_role_grant("bo", role=Role.DATA_STEWARD))
            unit.commit()
        landing = door.launch("bo", "urn:lti:instrole:ims/lis/Administrator")
        assert (landing.role, landing.path) == (Role.DATA_STEWARD, "/loads")


class TestStudents:
    def test_a_linked_assignment_opens_the_students_side(self, door: Door) -> None:
        door.linked()
        landing = door.launch("ana", "Learner")
        assert (landing.role, landing.path) == (Role.STUDENT, f"/works/{WORK}/mine")

    def test_the_section_is_found_by_enrolment(self, door: Door) -> None:
        door.linked()
        door.linked(OTHER_WORK)
        assert door.launch("ana", "Learner").path == f"/works/{WORK}/mine"

    def test_an_assignment_that_is_not_linked_yet_opens_the_students_list(self, door: Door) -> None:
        assert door.launch("ana", "Learner").path == "/mine"

    def test_a_student_of_no_section_of_the_course_is_refused(self, door: Door) -> None:
        rejected = door.refused("bo", "Learner")
        assert rejected.rejected_as == "section-unmatched"


class TestRefusals:
    @pytest.mark.parametrize(
        ("params", "slug", "reason"),
        [
            ({"lis_person_sourcedid": "C404"}, "person-unmatched", MismatchReason.NOBODY),
            ({"lis_person_sourcedid": ""}, "person-unmatched", MismatchReason.NOTHING_SENT),
            (
                {"lis_person_sourcedid": "$Person.sourcedId"},
                "person-unmatched",
                MismatchReason.NOTHING_SENT,
            ),
            ({"user_id": ""}, "person-unmatched", MismatchReason.ANONYMOUS),
            (
                {"lis_person_sourcedid": "", "custom_canvas_user_login_id": "a" * 40},
                "person-unmatched",
                MismatchReason.TEST_STUDENT,
            ),
        ],
    )
    def test_each_has_its_slug_reason_reference_and_row_in_the_queue(
        self, door: Door, params: dict[str, str], slug: str, reason: MismatchReason
    ) -> None:
        rejected = door.refused("ana", "Learner", **params)
        assert (rejected.rejected_as, rejected.reason) == (slug, reason)
        with door.units(write=False) as unit:
            (row,) = unit.identities.queue()
        assert (row.slug, row.reason, row.reference) == (slug, reason, rejected.reference)

    def test_values_stand_masked_in_the_log(self, door: Door) -> None:
        door.refused("ana", "Learner", lis_person_sourcedid="C00912345")
        with door.units(write=False) as unit:
            (row,) = unit.identities.queue()
        assert "C00912345" not in row.compared
        assert row.compared == "lis_person_sourcedid=C0\N{HORIZONTAL ELLIPSIS}45"

    def test_an_id_that_now_names_another_person_stops(self, door: Door) -> None:
        door.launch("tess", "Instructor")
        rejected = door.refused("tess", "Instructor", lis_person_sourcedid="Cana")
        assert rejected.rejected_as == "person-ambiguous"
        assert rejected.reason == MismatchReason.REASSIGNED

    def test_an_observer_is_called_one(self, door: Door) -> None:
        roles = "urn:lti:instrole:ims/lis/Observer,urn:lti:role:ims/lis/Mentor"
        assert door.refused("ana", roles).reason == MismatchReason.OBSERVER


class TestLinksChosenInTheLms:
    SELECTING = {  # noqa: RUF012 a constant of the test
        "lti_message_type": "ContentItemSelectionRequest",
        "content_item_return_url": "https://lms.test/return",
        "resource_link_id": "",
    }

    def chosen(self, door: Door) -> str:
        context = LaunchContext.of(claims("tess", "Instructor", **self.SELECTING))
        return door.link(LinkAssessmentCommand(TESS, WORK, context)).id

    def test_the_assignment_that_it_became_opens_directly(self, door: Door) -> None:
        own = self.chosen(door)
        landing = door.launch(resource_link_id="resource-new", attain_link=own)
        assert landing.path == f"/works/{WORK}/rubric"

    def test_a_copied_course_is_offered_the_link_and_never_follows_it(self, door: Door) -> None:
        own = self.chosen(door)
        door.launch(resource_link_id="resource-new", attain_link=own)
        landing = door.launch(
            context_id="context-copy", resource_link_id="resource-copy", attain_link=own
        )
        assert landing.path == "/assessments"
