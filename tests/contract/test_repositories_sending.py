"""What the stores of links and deliveries promise, over each kind of store."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from application.errors import Conflict, NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.delivery import DeliveryState, SendState
from domain.ids import DeliveryId, JobId, LinkId, SectionAssessmentId, SendId
from tests.builders import (
    College,
    a_bulk_post,
    a_context_choice,
    a_delivery,
    a_link,
    a_placement,
    a_section,
    a_send,
)
from tests.stand_ins import NOON

WORK = SectionAssessmentId("work-essay")
LINK = LinkId("link-essay")
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.commit()
    return units


@pytest.fixture
def linked(college: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with college() as unit:
        unit.links.save(a_link())
        unit.commit()
    return college


class TestLinks:
    def test_a_link_comes_back_with_its_placement(self, linked: UnitOfWorkFactory) -> None:
        with linked(write=False) as unit:
            assert unit.links.get(LINK) == a_link(version=1)
            assert unit.links.at(a_placement("essay")) == [a_link(version=1)]
            assert unit.links.at(a_placement("essay", context_id="copy")) == []
            with pytest.raises(NotFound):
                unit.links.get(LinkId("x"))

    def test_one_active_link_for_placement_and_section(self, linked: UnitOfWorkFactory) -> None:
        second = a_link(id=LinkId("link-second"))

        with linked() as unit:
            with pytest.raises(Conflict):
                unit.links.save(second)
            other_section = replace(second, section_id=a_section("engl101-02").id)
            saved = unit.links.save(other_section)

            assert unit.links.at(a_placement("essay")) == [a_link(version=1), saved]

    def test_an_unlinked_one_makes_room(self, linked: UnitOfWorkFactory) -> None:
        with linked() as unit:
            old = unit.links.save(unit.links.get(LINK).unlinked(LATER))
            new = unit.links.save(a_link(id=LinkId("link-second"), linked_at=LATER))

            assert unit.links.at(a_placement("essay")) == [new]
            assert unit.links.of_work(WORK) == [new, old]
            assert unit.links.in_sections([a_section().id]) == [new, old]
            with pytest.raises(Conflict):
                unit.links.save(replace(old, unlinked_at=None))
            assert unit.links.get(LINK) == old

    def test_a_link_is_known_elsewhere_on_its_platform_only(
        self, linked: UnitOfWorkFactory
    ) -> None:
        with linked() as unit:
            old = unit.links.save(unit.links.get(LINK).unlinked(LATER))

            assert unit.links.elsewhere("key:guid", LINK) == old
            assert unit.links.elsewhere("other:guid", LINK) is None
            assert unit.links.elsewhere("key:guid", LinkId("x")) is None

    def test_the_last_choice_of_a_person_stays(self, college: UnitOfWorkFactory) -> None:
        other = a_context_choice(section_id=a_section("engl101-02").id, chosen_at=LATER)

        with college() as unit:
            for choice in (a_context_choice(), other, a_context_choice("ana")):
                unit.links.remember_choice(choice)

            assert unit.links.choices("key:guid", "context-1") == [a_context_choice("ana"), other]
            assert unit.links.choices("key:guid", "context-2") == []


class TestSends:
    def test_one_unfinished_send_for_a_link(self, linked: UnitOfWorkFactory) -> None:
        with linked() as unit:
            first = unit.deliveries.save_send(a_send())
            with pytest.raises(Conflict):
                unit.deliveries.save_send(a_send("second"))
            done = replace(first, state=SendState.DONE, finished_at=LATER, job_id=JobId("job"))
            done = unit.deliveries.save_send(done)
            second = unit.deliveries.save_send(a_send("second", requested_at=LATER))

            assert unit.deliveries.send(SendId("send-first")) == done
            assert unit.deliveries.sends_of(LINK) == [second, done]
            assert unit.deliveries.open_sends() == [second]
            with pytest.raises(Conflict):
                unit.deliveries.save_send(replace(done, state=SendState.RUNNING))
            with pytest.raises(Conflict):
                unit.deliveries.save_send(first)
            with pytest.raises(NotFound):
                unit.deliveries.send(SendId("x"))

    def test_of_many_who_press_send_one_sends(self, linked: UnitOfWorkFactory) -> None:
        def press(number: int) -> bool:
            try:
                with linked() as unit:
                    unit.deliveries.save_send(a_send(str(number)))
                    unit.commit()
            except Conflict:
                return False
            return True

        with ThreadPoolExecutor(6) as threads:
            assert sum(threads.map(press, range(6))) == 1

    def test_open_sends_come_oldest_first(self, linked: UnitOfWorkFactory) -> None:
        with linked() as unit:
            other = a_link("other", section_id=a_section("engl101-02").id)
            unit.links.save(other)
            new = unit.deliveries.save_send(a_send("a", requested_at=LATER))
            old = unit.deliveries.save_send(a_send("b", link_id=other.id, state=SendState.WAITING))

            assert unit.deliveries.open_sends() == [old, new]


class TestDeliveries:
    def test_they_are_saved_together_or_not_at_all(self, linked: UnitOfWorkFactory) -> None:
        with linked() as unit:
            unit.deliveries.save_send(a_send())
            ana, ben = unit.deliveries.save([a_delivery("ana"), a_delivery("ben")])
            posting = unit.deliveries.save([ana.moved(DeliveryState.POSTING)])

            with pytest.raises(Conflict):
                unit.deliveries.save([ben.moved(DeliveryState.POSTING), ana, a_delivery("tess")])

            assert unit.deliveries.deliveries(SendId("send-first")) == [*posting, ben]
            assert unit.deliveries.save([]) == []

    def test_new_and_changed_ones_keep_their_order(self, linked: UnitOfWorkFactory) -> None:
        with linked() as unit:
            unit.deliveries.save_send(a_send())
            [ben] = unit.deliveries.save([a_delivery("ben")])

            saved = unit.deliveries.save([ben.moved(DeliveryState.POSTING), a_delivery("ana")])

        assert [one.version for one in saved] == [2, 1]
        assert [one.student_id for one in saved] == ["person-ben", "person-ana"]

    def test_the_last_sent_grade_of_each_student(self, linked: UnitOfWorkFactory) -> None:
        sent = DeliveryState.SENT

        with linked() as unit:
            for key in ("first", "second"):
                unit.deliveries.save_send(a_send(key, state=SendState.DONE))
            unit.deliveries.save(
                [
                    a_delivery("ana", "first", state=sent, settled_at=NOON),
                    a_delivery("ben", "first", state=sent, settled_at=LATER, grade=Decimal("1.0")),
                    a_delivery("ana", "second", state=sent, settled_at=LATER, grade=Decimal(90)),
                    a_delivery("ben", "second", state=DeliveryState.FAILED, settled_at=LATER),
                ]
            )

            last = unit.deliveries.last_sent(LINK)
            assert {key: one.id for key, one in last.items()} == {
                "person-ana": DeliveryId("delivery-second-ana"),
                "person-ben": DeliveryId("delivery-first-ben"),
            }
            assert unit.deliveries.last_sent(LinkId("x")) == {}

    def test_posts_come_by_number_and_are_replaced(self, linked: UnitOfWorkFactory) -> None:
        settled = a_bulk_post(2, progress_ref="17", settled=True)

        with linked() as unit:
            unit.deliveries.save_send(a_send())
            for post in (a_bulk_post(10), a_bulk_post(2), settled):
                unit.deliveries.put_post(post)

            assert unit.deliveries.posts(SendId("send-first")) == [settled, a_bulk_post(10)]
