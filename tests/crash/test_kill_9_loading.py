"""A load that is cut off leaves the college as it was, and two at once make one of it."""

from pathlib import Path

import pytest

from application.rosters.load_runs import LoadRun, LoadState
from domain.rostering import Enrolment, Person
from tests.adapters.files.oneroster_files import package, replaced, write_folder
from tests.crash.processes import PATIENCE, Processes
from tests.crash.school import School
from tests.forked import Output, forked

Roster = tuple[list[Person], list[Enrolment]]
FEWER = replaced("enrollments", "e3,,,s1,o1,u3,student,\n", "")
ALL = ("--max-removals", "100%")


def roster_of(school: School) -> Roster:
    with school.house() as house, house.use_cases.units()(write=False) as unit:
        return unit.roster.all_people(), unit.roster.all_enrolments()


def runs_of(school: School) -> list[LoadRun]:
    with school.house() as house, house.use_cases.units()(write=False) as unit:
        return unit.loads.recent()


@pytest.mark.parametrize(
    "point",
    ["between two kinds of a load", "in the middle of a load", "before the load is committed"],
)
def test_a_load_that_is_killed_changes_nothing(
    small_school: School, processes: Processes, tmp_path: Path, point: str
) -> None:
    first = write_folder(tmp_path / "first", package())
    assert processes.run("load", "oneroster", str(first), *ALL).returncode == 0
    before, runs = roster_of(small_school), runs_of(small_school)
    second = write_folder(tmp_path / "second", FEWER)

    processes.dies(point, "load", "oneroster", str(second), *ALL)

    assert roster_of(small_school) == before
    assert runs_of(small_school) == runs
    again = processes.run("load", "oneroster", str(second), *ALL)
    assert (again.returncode, again.stderr) == (0, "")
    assert roster_of(small_school) != before
    assert runs_of(small_school)[0].state is LoadState.APPLIED


def test_two_loads_at_once_make_one_of_it(
    small_school: School, processes: Processes, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "roster", package())
    words = ("load", "oneroster", str(folder), *ALL)
    output = Output(processes.log, processes.log)
    both = [forked(words, processes.environment, output) for _ in range(2)]
    for one in both:
        one.join(PATIENCE)
    assert [one.exitcode for one in both] == [0, 0]

    people, enrolments = roster_of(small_school)
    loaded = [person.source_id for person in people if person.source_id in {"u1", "u2", "u3"}]
    assert sorted(loaded) == ["u1", "u2", "u3"]
    assert sum(enrolment.source_id in {"e1", "e2", "e3"} for enrolment in enrolments) == 3
    assert {run.state for run in runs_of(small_school)} == {LoadState.APPLIED, LoadState.UNCHANGED}
