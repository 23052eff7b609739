"""What the stores of DLAs and self-assessments promise, over each kind of store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from application.errors import Conflict, NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.dla import DlaState
from domain.ids import AssignedDlaId, DlaId, PersonId, SectionAssessmentId, SectionId
from tests.builders import College, a_dla, a_self_assessment, an_assigned_dla
from tests.stand_ins import NOON

HERE, ELSEWHERE = SectionId("section-engl101-01"), SectionId("section-engl101-02")
ANA, BEN, TESS = (PersonId(f"person-{key}") for key in ("ana", "ben", "tess"))
WORK = SectionAssessmentId("work-essay")


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.dlas.save(a_dla())
        unit.commit()
    return units


class TestDlas:
    def test_ones_own_come_newest_first(self, college: UnitOfWorkFactory) -> None:
        later = a_dla("later", slo_id=None, links=(), made_at=NOON + timedelta(days=1))
        with college() as unit:
            unit.dlas.save(later)
            unit.dlas.save(a_dla("foreign", owner_id=BEN))
            unit.commit()
        with college(write=False) as unit:
            assert [one.id for one in unit.dlas.made_by(TESS)] == ["dla-later", "dla-thesis"]
            assert unit.dlas.get(DlaId("dla-thesis")) == a_dla(version=1)
            assert unit.dlas.dlas([later.id, DlaId("x")]) == {later.id: replace(later, version=1)}
            with pytest.raises(NotFound):
                unit.dlas.get(DlaId("x"))

    def test_what_students_have_comes_by_section_and_by_student(
        self, college: UnitOfWorkFactory
    ) -> None:
        done = an_assigned_dla().handed_in("My page.", NOON)
        bens = an_assigned_dla("ben", work_id=WORK, due_at=None)
        other = an_assigned_dla(id=AssignedDlaId("z"), section_id=ELSEWHERE)
        with college() as unit:
            stored = unit.dlas.save_assigned([done, bens, other])
            unit.commit()
        with college(write=False) as unit:
            assert unit.dlas.in_sections([HERE]) == stored[:2]
            assert unit.dlas.of_student(ANA) == [stored[0], stored[2]]
            assert unit.dlas.assigned(done.id).state is DlaState.HANDED_IN
            with pytest.raises(NotFound):
                unit.dlas.assigned(AssignedDlaId("x"))

    def test_a_student_has_a_dla_once_in_a_section(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.dlas.save_assigned([an_assigned_dla()])
            with pytest.raises(Conflict):
                unit.dlas.save_assigned([an_assigned_dla(id=AssignedDlaId("again"))])

            assert len(unit.dlas.of_student(ANA)) == 1

    def test_only_what_was_seen_is_removed(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            (stored,) = unit.dlas.save_assigned([an_assigned_dla()])
            with pytest.raises(Conflict):
                unit.dlas.remove(replace(stored, version=7))
            unit.dlas.remove(stored)

            assert unit.dlas.in_sections([HERE]) == []


class TestSelfAssessments:
    def test_one_a_student_and_work(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            ana = unit.self_assessments.save(a_self_assessment())
            ben = unit.self_assessments.save(a_self_assessment("ben", submitted_at=NOON))
            unit.commit()
        with college(write=False) as unit:
            assert unit.self_assessments.find(WORK, ANA) == ana
            assert unit.self_assessments.find(WORK, TESS) is None
            assert unit.self_assessments.of_work(WORK) == {ANA: ana, BEN: ben}
            assert unit.self_assessments.of_student(BEN) == [ben]

    def test_another_window_is_noticed(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.self_assessments.save(a_self_assessment())
            with pytest.raises(Conflict):
                unit.self_assessments.save(a_self_assessment(note="Another."))

    def test_work_with_one_is_in_use(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            assert unit.assessments.works_in_use([WORK]) == set()
            unit.self_assessments.save(a_self_assessment())

            assert unit.assessments.works_in_use([WORK]) == {WORK}
