"""What every unit of work promises, over each kind of store."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from threading import Barrier, Event
from typing import TypeVar

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import ApplicationError, Conflict, Invalid, NotFound, StorageUnavailable
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.audit import GENESIS, AuditEntry, Deed, entry_after
from domain.identity import LocalField
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.score import Score, Scored
from tests.builders import College, a_bulk_post, a_deed, a_person, a_score, an_assessment, an_org
from tests.stand_ins import NOON

WORK = SectionAssessmentId("work-essay")
ANA = PersonId("person-ana")
TESS = PersonId("person-tess")
T = TypeVar("T")


def stored_college(units: UnitOfWorkFactory) -> None:
    with units() as unit:
        College().store(unit)
        unit.commit()


class TestTransactions:
    def test_what_is_committed_is_read_by_the_next_unit(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.roster.put_people([a_person("ana")])
            unit.commit()

        with units(write=False) as unit:
            assert unit.roster.all_people() == [a_person("ana")]

    def test_a_unit_reads_its_own_writes(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.roster.put_people([a_person("ana")])

            assert unit.roster.person(ANA) == a_person("ana")

    def test_leaving_without_commit_forgets_everything(self, units: UnitOfWorkFactory) -> None:
        stored_college(units)

        with units() as unit:
            unit.roster.put_people([a_person("new")])
            unit.scores.save(a_score())
            unit.settings.put("lti.enabled", "yes")
            unit.audit.record(a_deed())

        with units(write=False) as unit:
            assert PersonId("person-new") not in unit.roster.people([PersonId("person-new")])
            assert unit.scores.of_work(WORK) == []
            assert unit.settings.all() == {}
            assert unit.audit.entries() == []

    def test_an_exception_forgets_everything(self, units: UnitOfWorkFactory) -> None:
        def fail() -> None:
            with units() as unit:
                unit.roster.put_people([a_person("ana")])
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()

        with units(write=False) as unit:
            assert unit.roster.all_people() == []

    def test_a_reading_unit_keeps_the_state_it_began_with(self, units: UnitOfWorkFactory) -> None:
        with units(write=False) as reading:
            assert reading.roster.all_people() == []
            with units() as writing:
                writing.roster.put_people([a_person("ana")])
                writing.commit()

            assert reading.roster.all_people() == []
            assert reading.roster.people_where(LocalField.LOGIN, "ana") == []

    def test_a_reading_unit_refuses_to_write(self, units: UnitOfWorkFactory) -> None:
        with units(write=False) as unit, pytest.raises(StorageUnavailable, match="reading"):
            unit.settings.put("lti.enabled", "yes")

        with units(write=False) as unit:
            assert unit.settings.all() == {}

    def test_readers_do_not_wait_for_a_writer(self, units: UnitOfWorkFactory) -> None:
        with units() as writing:
            writing.roster.put_people([a_person("ana")])
            with units(write=False) as reading:
                assert reading.roster.all_people() == []

    def test_a_unit_is_over_after_its_commit(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.commit()

            with pytest.raises(RuntimeError):
                unit.settings.put("lti.enabled", "yes")
            with pytest.raises(RuntimeError):
                unit.commit()

    def test_a_conflict_leaves_the_unit_usable(self, units: UnitOfWorkFactory) -> None:
        stored_college(units)

        with units() as unit:
            with pytest.raises(Conflict):
                unit.assessments.save(an_assessment())
            unit.scores.save(a_score())
            unit.commit()

        with units(write=False) as unit:
            assert unit.scores.of_work(WORK) == [a_score()]


class TestLostUpdates:
    """A counter that many threads raise: each rise lands, or its thread is told."""

    THREADS = 6
    RISES = 8

    def test_none_is_lost(self, units: UnitOfWorkFactory) -> None:
        stored_college(units)
        with units() as unit:
            unit.scores.save(a_score(value=Scored(Decimal(0))))
            unit.commit()

        landed = sum(_together(self.THREADS, lambda _: self._raise_many(units)))

        with units(write=False) as unit:
            cell = unit.scores.cell(WORK, ANA, RowId("row-thesis"))
        assert cell.value == Scored(Decimal(landed))
        assert cell.version == landed + 1
        assert landed > 0

    def test_of_two_who_read_the_same_state_one_is_told(self, units: UnitOfWorkFactory) -> None:
        stored_college(units)
        with units(write=False) as unit:
            seen = unit.assessments.work(WORK)
        with units() as unit:
            first = unit.assessments.save_work(replace(seen, planned=True))
            unit.commit()

        with units() as unit, pytest.raises(Conflict):
            unit.assessments.save_work(seen.released(NOON))

        with units(write=False) as unit:
            assert unit.assessments.work(WORK) == first

    @pytest.mark.parametrize("kind", ["memory", "sqlite"])
    def test_where_there_is_one_writer_the_next_waits(
        self, request: pytest.FixtureRequest, kind: str
    ) -> None:
        """So that what it reads is what the one before has committed."""
        units: UnitOfWorkFactory = request.getfixturevalue(f"{kind}_units")
        entered = Event()

        def second() -> str:
            with units() as unit:
                entered.set()
                return unit.settings.get("first", "not seen")

        with ThreadPoolExecutor(1) as threads:
            with units() as first:
                waiting = threads.submit(second)
                assert not entered.wait(0.2)
                first.settings.put("first", "seen")
                first.commit()

            assert waiting.result() == "seen"

    def _raise_many(self, units: UnitOfWorkFactory) -> int:
        return sum(self._raise(units) for _ in range(self.RISES))

    def _raise(self, units: UnitOfWorkFactory) -> bool:
        with units() as unit:
            cell = unit.scores.cell(WORK, ANA, RowId("row-thesis"))
            try:
                unit.scores.save(_one_more(cell))
                unit.commit()
            except Conflict:
                return False
        return True


class TestManyWriters:
    def test_different_cells_never_conflict(self, units: UnitOfWorkFactory) -> None:
        stored_college(units)
        rows = [f"row{number}" for number in range(24)]

        def score(row: str) -> None:
            with units() as unit:
                unit.scores.save(a_score(row=row))
                unit.audit.record(a_deed("scored", subject=row))
                unit.commit()

        with ThreadPoolExecutor(6) as threads:
            list(threads.map(score, rows))

        with units(write=False) as unit:
            stored = {cell.row_id for cell in unit.scores.of_work(WORK)}
        assert stored == {f"row-{row}" for row in rows}

    def test_the_audit_chain_has_no_gap_and_no_fork(self, units: UnitOfWorkFactory) -> None:
        def record(thread: int) -> None:
            for number in range(6):
                with units() as unit:
                    unit.audit.record(a_deed(subject=f"{thread}-{number}"))
                    unit.audit.record(a_deed(subject=f"{thread}-{number}-again"))
                    unit.commit()

        _together(6, record)

        with units(write=False) as unit:
            entries = unit.audit.entries()
        assert [entry.number for entry in entries] == list(range(1, 73))
        assert _is_chain(entries)

    def test_an_audit_entry_of_a_lost_unit_leaves_no_gap(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.audit.record(a_deed("forgotten"))
        with units() as unit:
            kept = unit.audit.record(a_deed("kept"))
            unit.commit()

        assert kept.number == 1
        assert kept.previous == GENESIS


class TestDatabaseErrors:
    """Only where a database keeps relations; the store in memory keeps none."""

    @pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
    def units(self, request: pytest.FixtureRequest) -> UnitOfWorkFactory:
        factory: UnitOfWorkFactory = request.getfixturevalue(f"{request.param}_units")
        return factory

    def test_a_record_whose_owner_is_missing_is_refused(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.scores.save(a_score())

            with pytest.raises(NotFound):
                unit.commit()

    def test_a_refused_commit_leaves_nothing_open(self, units: UnitOfWorkFactory) -> None:
        """The next unit may well get the same connection."""
        with units() as unit:
            unit.scores.save(a_score())
            with pytest.raises(NotFound):
                unit.commit()

        with units() as unit:
            unit.roster.put_orgs([an_org("next")])
            unit.commit()

        with units(write=False) as unit:
            assert unit.roster.orgs() == [an_org("next")]

    def test_parents_may_come_after_their_children(self, units: UnitOfWorkFactory) -> None:
        child = an_org("child", parent_id=an_org("parent").id)

        with units() as unit:
            unit.roster.put_orgs([child])
            unit.roster.put_orgs([an_org("parent")])
            unit.commit()

        with units(write=False) as unit:
            assert unit.roster.orgs() == [child, an_org("parent")]


@pytest.mark.postgres
class TestPostgres:
    def test_a_spoilt_transaction_is_never_taken_for_committed(
        self, postgres_units: UnitOfWorkFactory
    ) -> None:
        """The server would answer such a COMMIT with a silent rollback."""
        with postgres_units() as unit:
            unit.settings.put("kept", "yes")
            with pytest.raises(ApplicationError, match="cannot be stored"):
                unit.deliveries.put_post(a_bulk_post(number=2**40))

            with pytest.raises(ApplicationError, match="nothing was stored"):
                unit.commit()

    def test_text_that_it_cannot_hold_is_refused(self, postgres_units: UnitOfWorkFactory) -> None:
        with postgres_units() as unit, pytest.raises(Invalid, match="character"):
            unit.settings.put("name", "a\x00b")


class TestJobsInMemory:
    def test_a_job_appears_with_the_commit(
        self, memory_units: MemoryUnits, memory_jobs: MemoryJobs
    ) -> None:
        with memory_units() as unit:
            job_id = unit.jobs.enqueue("send", {}, key="send:1", lane="course")
            assert memory_jobs.view(job_id) is None
            unit.commit()

        assert memory_jobs.view(job_id) is not None

    def test_a_job_of_a_lost_unit_never_appears(
        self, memory_units: MemoryUnits, memory_jobs: MemoryJobs
    ) -> None:
        with memory_units() as unit:
            unit.jobs.enqueue("send", {}, key="send:1", lane="course")

        assert memory_jobs.recent() == []


def _together(threads: int, work: Callable[[int], T]) -> list[T]:
    """Run `work` in so many threads that all begin at the same time."""
    gate = Barrier(threads)

    def begin(number: int) -> T:
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(begin, range(threads)))


def _one_more(cell: Score) -> Score:
    points = cell.value.points if isinstance(cell.value, Scored) else Decimal(0)
    return cell.changed(Scored(points + 1), None, seen=cell.version, by=TESS, at=NOON)


def _is_chain(entries: list[AuditEntry]) -> bool:
    before: AuditEntry | None = None
    for entry in entries:
        deed = Deed(entry.actor, entry.verb, entry.subject, entry.details, entry.at)
        if entry_after(before, deed) != entry:
            return False
        before = entry
    return True
