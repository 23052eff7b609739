"""A busy minute on SQLite: autosaves, a send, a killed worker and a backup at the same time."""

import os
import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from domain.score import value_as_text
from tests.crash.browsing import Visitor, a_change, visiting
from tests.crash.processes import Processes, until
from tests.crash.school import ROWS, WORK, School
from tests.crash.serving import serving

TYPISTS = 8
SAVES = 60
"""By each typist: with eight of them some hundred a second, as fast as the machine goes."""

Cell = tuple[str, str]


@dataclass
class Typist:
    """Scores students of her own, one cell after another, and notes what was acknowledged."""

    visitor: Visitor
    students: tuple[str, ...]
    kept: dict[Cell, str] = field(default_factory=dict)
    versions: dict[Cell, int] = field(default_factory=dict)
    answers: list[int] = field(default_factory=list)
    states: list[str] = field(default_factory=list)

    def type(self) -> None:
        cells = [(student, row) for student in self.students for row in ROWS]
        for number in range(SAVES):
            self._save(cells[number % len(cells)], str(number % 4 + 1))

    def _save(self, cell: Cell, value: str) -> None:
        seen = self.versions.get(cell, 1)
        answer = self.visitor.save(a_change(*cell, value, seen))
        self.answers.append(answer.status_code)
        (state,) = answer.json()["cells"]
        self.states.append(state["state"])
        self.kept[cell], self.versions[cell] = value, state["version"]


def typists(school: School, visitor: Visitor) -> list[Typist]:
    """One session for all, as a person with several windows has; each has students of its own."""
    share = school.size // TYPISTS
    return [Typist(visitor, school.students[n * share : (n + 1) * share]) for n in range(TYPISTS)]


def stored(school: School) -> dict[Cell, str]:
    with school.house() as house, house.use_cases.units()(write=False) as unit:
        scores = unit.scores.of_work(WORK)
    return {
        (score.student_id.removeprefix("person-"), score.row_id.removeprefix("row-")): (
            value_as_text(score.value)
        )
        for score in scores
    }


def trail_holds(school: School) -> bool:
    with school.house() as house:
        return house.use_cases.verify_audit()().broken_at is None


def whole(file: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(file)) as copy:
        return copy.execute("PRAGMA integrity_check").fetchall()


def scores_in(file: Path) -> int:
    with closing(sqlite3.connect(file)) as copy:
        (count,) = copy.execute("SELECT count(*) FROM attain_score").fetchone()
    return int(count)


def test_nothing_is_lost_and_nothing_is_locked(
    busy_school: School, processes: Processes, tmp_path: Path
) -> None:
    canvas, copy = busy_school.canvas, tmp_path / "backup" / "copy.db"
    canvas.jobs.mode = "manual"
    copy.parent.mkdir()
    with (
        serving(busy_school, processes) as served,
        visiting(busy_school) as visitor,
        ThreadPoolExecutor(TYPISTS) as pool,
    ):
        visitor.launch()
        writing = typists(busy_school, visitor)
        report = visitor.send()
        until(lambda: visitor.state_of(report)["posting"], processes.said)

        typing = [pool.submit(typist.type) for typist in writing]
        killed = served.job_worker()
        assert killed
        os.kill(killed.pid, signal.SIGKILL)
        canvas.jobs.mode = "auto"
        backed_up = processes.run("db", "backup", str(copy))
        for one in typing:
            one.result()
        until(lambda: not visitor.state_of(report)["open"], processes.said)
        counts = visitor.state_of(report)

    assert {answer for typist in writing for answer in typist.answers} == {200}
    assert {state for typist in writing for state in typist.states} == {"saved"}
    kept = {cell: value for typist in writing for cell, value in typist.kept.items()}
    assert stored(busy_school) == kept
    assert trail_holds(busy_school)
    assert (backed_up.returncode, backed_up.stderr) == (0, "")
    assert whole(copy) == [("ok",)]
    assert scores_in(copy) == busy_school.size * len(ROWS)
    assert counts["settled"] == counts["total"] == busy_school.size
    assert len(busy_school.shown()) == busy_school.size
    assert "locked" not in processes.said()
    assert "Traceback" not in processes.said()
