"""Evidence beyond its pages: scans, dates, the store against the records, LMS submissions."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.outbound.evidence_store.files import ObjectFiles
from adapters.outbound.evidence_store.kinds import KnownKinds
from adapters.outbound.evidence_store.places import open_place
from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryRunner
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Invalid, NotFound, ScannerUnavailable
from application.evidence.doors import Doors
from application.evidence.limits import EvidenceLimits
from application.improvement.plan_door import plan_door
from application.ports.evidence_store import Blocks, Scanner
from application.ports.jobs import JobState
from application.use_cases.evidence.add_evidence import AddFile, AddFileCommand
from application.use_cases.evidence.attach_submissions import AttachReport, AttachSubmissions
from application.use_cases.evidence.expire_evidence import CheckEvidence, ExpireEvidence
from application.use_cases.evidence.open_evidence import OpenEvidence
from application.use_cases.evidence.scan_evidence import KIND, ScanEvidence
from application.viewers import Viewer
from domain.access import Role
from domain.evidence import (
    Evidence,
    EvidenceKind,
    EvidenceSource,
    EvidenceState,
    EvidenceTarget,
    ScanState,
)
from domain.ids import PersonId
from tests.application.sending import TEACHER, WORK, Classroom, at_once
from tests.evidence_files import PDF
from tests.stand_ins import CountedIds, FixedClock

ANA = PersonId("person-ana")
MINE = Viewer(ANA, Role.STUDENT)
TESS = Viewer(TEACHER, Role.FACULTY)
OF_ANA = EvidenceTarget.result(WORK, ANA)
LIMITS = EvidenceLimits(megabytes=1, files=2, keep_days=100)


@dataclass
class Watchman(Scanner):
    """Finds malware where the word stands; `away` answers nothing."""

    away: bool = False
    looked: int = 0

    async def finds(self, blocks: Blocks) -> bool:
        self.looked += 1
        if self.away:
            raise ScannerUnavailable("The malware scanner does not answer.")
        return b"EVIL" in b"".join([block async for block in blocks])


@dataclass
class Archive:
    """A class whose evidence lies in a folder and is looked into by the watchman."""

    room: Classroom
    folder: Path
    watchman: Watchman = field(default_factory=Watchman)

    def __post_init__(self) -> None:
        units, clock = self.room.units, self.room.clock
        doors, files = Doors(plan_door), ObjectFiles(lambda: open_place("", self.folder))
        self.files = files
        self.add = AddFile(
            units, at_once, clock, CountedIds("evidence"), CountedIds("key"), files,
            KnownKinds(), LIMITS, doors, scanning=True,
        )  # fmt: skip
        self.open = OpenEvidence(units, at_once, files, doors)
        self.scan = ScanEvidence(units, at_once, clock, files, self.watchman)
        self.expire = ExpireEvidence(units, at_once, clock, files)
        self.check = CheckEvidence(units, at_once, clock, files)
        self.attach = AttachSubmissions(
            units, at_once, clock, CountedIds("submission"), self.room.plan.gateways, LIMITS
        )

    async def given(self, content: bytes = PDF, name: str = "draft.pdf") -> Evidence:
        return await self.add(AddFileCommand(MINE, OF_ANA, name, blocks(content)))

    async def work(self) -> None:
        await MemoryRunner(self.room.jobs, {KIND: self.scan}).run_all()

    def now(self, evidence: Evidence) -> Evidence:
        with self.room.units(write=False) as unit:
            return unit.evidence.get(evidence.id)

    def of_ana(self) -> list[Evidence]:
        with self.room.units(write=False) as unit:
            return unit.evidence.of_target(OF_ANA)

    def stored(self) -> list[str]:
        return sorted(path.name for path in self.folder.rglob("*") if path.is_file())


async def blocks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


@pytest.fixture
def archive(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock, tmp_path: Path
) -> Archive:
    return Archive(Classroom(memory_units, memory_jobs, clock, scored=False), tmp_path)


class TestQuarantine:
    async def test_nobody_opens_a_file_before_it_was_scanned(self, archive: Archive) -> None:
        one = await archive.given()
        assert one.scan is ScanState.WAITING
        for viewer in (MINE, TESS):
            with pytest.raises(NotFound):
                await archive.open(viewer, one.id)

        await archive.work()

        opened = await archive.open(TESS, one.id)
        assert b"".join([block async for block in opened.blocks]) == PDF
        assert archive.now(one).scan is ScanState.CLEAN

    async def test_malware_goes_and_the_trace_says_so(self, archive: Archive) -> None:
        one = await archive.given(PDF + b"EVIL")
        await archive.work()

        assert archive.now(one).scan is ScanState.REFUSED
        assert archive.stored() == []
        with pytest.raises(NotFound):
            await archive.open(MINE, one.id)

    async def test_a_scanner_that_is_away_lets_nothing_through(self, archive: Archive) -> None:
        archive.watchman.away = True
        one = await archive.given()
        await archive.work()
        (job,) = archive.room.jobs.recent()
        assert job.state is JobState.FAILED
        assert archive.now(one).scan is ScanState.WAITING

        archive.watchman.away = False
        assert (await archive.check(mend=True)).waiting == 1
        await archive.work()
        assert archive.now(one).scan is ScanState.CLEAN

    async def test_a_second_scan_changes_nothing(self, archive: Archive) -> None:
        one = await archive.given()
        assert await archive.scan.scan(one.id) == "clean"
        assert await archive.scan.scan(one.id) == "clean"
        assert archive.watchman.looked == 1


class TestBringing:
    async def test_what_is_noted(self, archive: Archive) -> None:
        one = await archive.given(PDF, "../Draft.PDF")

        assert (one.title, one.source, one.owner_id) == ("Draft.PDF", EvidenceSource.STUDENT, ANA)
        assert (one.file.media_type, one.file.size) == ("application/pdf", len(PDF))
        assert one.keep_until == (archive.room.clock.now() + timedelta(days=100)).date()
        assert archive.stored() == [one.file.key]
        assert "Draft" not in one.file.key

    async def test_a_file_that_ends_before_its_end_is_none(self, archive: Archive) -> None:
        command = AddFileCommand(MINE, OF_ANA, "x.pdf", blocks(PDF), declared=len(PDF) + 1)
        with pytest.raises(Invalid, match="cut"):
            await archive.add(command)
        assert archive.stored() == []

    async def test_a_limit_reached_while_the_file_came_leaves_nothing(
        self, archive: Archive
    ) -> None:
        async def slow() -> AsyncIterator[bytes]:
            yield PDF
            await archive.given(name="one.pdf")
            await archive.given(name="two.pdf")
            yield b"more" * 4000

        with pytest.raises(Conflict, match="remove one first"):
            await archive.add(AddFileCommand(MINE, OF_ANA, "late.pdf", slow()))
        assert len(archive.stored()) == 2


class TestTheEnd:
    async def test_what_is_past_goes_with_its_file_once(self, archive: Archive) -> None:
        one = await archive.given()
        clock = archive.room.clock
        clock.advance(days=100)
        assert (await archive.expire("test")).removed == 0

        clock.advance(days=1)
        looked = await archive.expire("test", dry_run=True)
        assert (looked.removed, looked.files, looked.size) == (1, 1, len(PDF))
        assert archive.stored() == [one.file.key]

        assert await archive.expire("test") == looked
        assert archive.stored() == []
        assert archive.now(one).state is EvidenceState.REMOVED
        assert (await archive.expire("test")).removed == 0

    async def test_records_and_store_are_compared(self, archive: Archive) -> None:
        lost, altered = await archive.given(), await archive.given(name="two.pdf")
        for path in archive.folder.rglob(lost.file.key):
            path.unlink()
        for path in archive.folder.rglob(altered.file.key):
            path.write_bytes(b"other")
        await archive.files.put("nobodys", blocks(b"x"))

        young = await archive.check(mend=True)
        assert (young.missing, young.altered, young.ownerless) == ((lost.id,), (altered.id,), 0)

        archive.room.clock.advance(days=36500)
        old = await archive.check(mend=True)
        assert (old.ownerless, old.is_sound) == (1, False)
        assert archive.stored() == [altered.file.key]


class TestSubmissions:
    async def test_each_is_attached_once_as_a_link(self, archive: Archive) -> None:
        room = archive.room
        state = room.lms.state
        state.given_handed_in(room.assignment, room.refs["ana"], "https://example.edu/essay")
        stranger = state.given_student(room.course, state.given_account(sis_id="Cnobody"))
        state.given_handed_in(room.assignment, stranger, "https://example.edu/other")

        assert await archive.attach(TESS, WORK) == AttachReport(1, 0, 1, 0)
        assert await archive.attach(TESS, WORK) == AttachReport(0, 1, 1, 0)

        (one,) = archive.of_ana()
        assert (one.kind, one.source) == (EvidenceKind.SUBMISSION, EvidenceSource.LMS)
        assert one.url.startswith("https://lms.test/")
        assert "https://example.edu/essay" in one.description

    async def test_another_attempt_is_another_piece_up_to_the_limit(self, archive: Archive) -> None:
        room = archive.room
        reports = []
        for _ in range(3):
            room.lms.state.given_handed_in(room.assignment, room.refs["ana"], "https://e.edu/x")
            reports.append(await archive.attach(TESS, WORK))

        assert [(one.attached, one.full) for one in reports] == [(1, 0), (1, 0), (0, 1)]

    async def test_without_a_link_there_is_nothing_to_attach(self, archive: Archive) -> None:
        with archive.room.units() as unit:
            (link,) = unit.links.of_work(WORK)
            unit.links.save(replace(link, unlinked_at=archive.room.clock.now()))
            unit.commit()
        with pytest.raises(Conflict, match="No Canvas assignment"):
            await archive.attach(TESS, WORK)

    async def test_others_attach_nothing(self, archive: Archive) -> None:
        for viewer in (MINE, Viewer(PersonId("person-zed"), Role.FACULTY), Viewer(None, None)):
            with pytest.raises(NotFound):
                await archive.attach(viewer, WORK)
