"""What the store of evidence promises."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from application.errors import Conflict, NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.belonging import BelongingKind
from domain.evidence import EvidenceState, EvidenceTarget, ScanState
from domain.ids import AssignedDlaId, EvidenceId, PersonId
from tests.builders import College
from tests.evidence_builders import ANA, OF_ANA, WORK, a_link_as_evidence, evidence
from tests.stand_ins import NOON

BEN = PersonId("person-ben")
OF_BEN = EvidenceTarget.result(WORK, BEN)
DLA = EvidenceTarget.dla(AssignedDlaId("assigned-thesis-ana"), ANA)
PLAN = EvidenceTarget.action_plan("plan-more-drafts")


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.commit()
    return units


def test_evidence_comes_back_whole(college: UnitOfWorkFactory) -> None:
    with college() as unit:
        saved = unit.evidence.save(evidence())
        described = unit.evidence.save(saved.described("essay.pdf", "First draft"))
        with pytest.raises(Conflict):
            unit.evidence.save(saved)
        unit.commit()

    with college(write=False) as unit:
        assert unit.evidence.get(saved.id) == described
        assert unit.evidence.among([saved.id, EvidenceId("x")]) == [described]
        with pytest.raises(NotFound):
            unit.evidence.get(EvidenceId("x"))


def test_each_list_in_the_order_of_coming(college: UnitOfWorkFactory) -> None:
    with college() as unit:
        later = unit.evidence.save(evidence("later", added_at=NOON + timedelta(hours=1)))
        first = unit.evidence.save(a_link_as_evidence())
        bens = unit.evidence.save(evidence("ben", target=OF_BEN, owner_id=BEN))
        sample = unit.evidence.save(evidence("sample", target=EvidenceTarget.work(WORK)))
        plan = unit.evidence.save(evidence("minutes", target=PLAN))
        draft = unit.evidence.save(evidence("page", target=DLA, added_at=NOON + timedelta(hours=2)))
        unit.evidence.save(evidence("gone").removed())

        assert unit.evidence.of_target(DLA) == [draft]
        assert unit.evidence.of_target(OF_ANA) == [first, later]
        assert unit.evidence.of_target(EvidenceTarget.work(WORK)) == [sample]
        assert unit.evidence.of_target(PLAN) == [plan]
        assert unit.evidence.of_work(WORK) == [bens, sample, first, later]
        assert unit.evidence.of_student(ANA) == [first, later, draft]


def test_what_is_past_waits_or_has_a_file(college: UnitOfWorkFactory) -> None:
    today = date(2030, 1, 1)
    with college() as unit:
        last = unit.evidence.save(evidence("last", keep_until=today))
        old = unit.evidence.save(a_link_as_evidence("old", keep_until=today - timedelta(days=2)))
        older = unit.evidence.save(evidence("older", keep_until=today - timedelta(days=3)))
        waiting = unit.evidence.save(evidence("waiting", scan=ScanState.WAITING))
        unit.evidence.save(evidence("gone", keep_until=today - timedelta(days=9)).removed())

        assert unit.evidence.past(today) == [older, old]
        assert unit.evidence.past(today, 1) == [older]
        assert unit.evidence.waiting() == [waiting]
        assert unit.evidence.stored() == [last, older, waiting]


def test_a_work_with_evidence_is_in_use(college: UnitOfWorkFactory) -> None:
    with college() as unit:
        assert unit.assessments.works_in_use([WORK]) == set()
        unit.evidence.save(evidence())
        assert unit.assessments.works_in_use([WORK]) == {WORK}


def test_a_students_evidence_belongs_to_the_student(college: UnitOfWorkFactory) -> None:
    with college() as unit:
        own = unit.evidence.save(evidence())
        unit.evidence.save(evidence("sample", target=EvidenceTarget.work(WORK)))
        assert unit.merges.belongings(BelongingKind.EVIDENCE, ANA) == [own]

        moved = own.about(BEN)
        unit.merges.replace(BelongingKind.EVIDENCE, [own], [moved])
        assert moved == replace(own, target=OF_BEN, owner_id=BEN)
        assert unit.evidence.of_student(BEN) == [moved]
        assert unit.evidence.get(own.id).state is EvidenceState.KEPT
