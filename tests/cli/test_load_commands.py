"""Loads at the terminal: which there were, what they found, and taking the last one back."""

from pathlib import Path

from tests.adapters.files.oneroster_files import (
    TABLES,
    a_role_row,
    added,
    package,
    replaced,
    with_roles,
    write_folder,
)
from tests.cli.cli_house import Terminal

ALL = ("--max-removals", "100%")


def test_loads_are_listed_and_undone(terminal: Terminal, tmp_path: Path) -> None:
    assert "No roster was loaded yet" in terminal.said("load", "runs")
    folder = write_folder(tmp_path / "roster", package())
    report = terminal.told("load", "oneroster", folder, *ALL)
    (run,) = terminal.told("load", "runs")
    assert (run["id"], run["state"], run["file"]) == (report["run_id"], "applied", "roster")
    assert "Undone: " in terminal.said("load", "undo", run["id"])
    assert [one["state"] for one in terminal.told("load", "runs")] == ["undone"]
    assert "it is undone" in terminal.refused("load", "undo", run["id"])
    assert "undone" in terminal.said("load", "runs")


def test_the_same_files_again_are_recognised(terminal: Terminal, tmp_path: Path) -> None:
    folder = write_folder(tmp_path, package())
    terminal.said("load", "oneroster", folder, *ALL)
    said = terminal.said("load", "oneroster", folder, *ALL)
    assert "These are the files of the last load; nothing changes." in said


def test_what_was_found_is_printed_as_csv(terminal: Terminal, tmp_path: Path) -> None:
    folder = write_folder(tmp_path, added("enrollments", "e9,,,s9,o1,u2,student,"))
    report = terminal.told("load", "oneroster", folder, *ALL, code=5)
    lines = terminal.said("load", "findings", report["run_id"]).splitlines()
    assert lines[0] == "\ufeffseverity,file,line,column,value,cause"
    assert lines[1].startswith("error,enrollments.csv,5,classSourcedId,s9,")
    assert terminal.told("load", "findings", report["run_id"]) == report["errors"]


def test_a_stopped_load_is_listed_too(terminal: Terminal, tmp_path: Path) -> None:
    terminal.said("load", "oneroster", write_folder(tmp_path / "a", package()), *ALL)
    fewer = write_folder(tmp_path / "b", replaced("enrollments", "e3,,,s1,o1,u3,student,\n", ""))
    terminal.said("load", "oneroster", fewer, "--max-removals", "0", code=3)
    newest = terminal.told("load", "runs")[0]
    assert (newest["state"], newest["over_limit"]) == ("stopped", True)
    assert "there" in terminal.refused("load", "findings", "nothing")


def test_titles_are_compared_with_course_codes(terminal: Terminal) -> None:
    assert "No account authorization is left" in terminal.refused("load", "check", code=4)
    terminal.authorised()
    state = terminal.house.room.lms.state
    with terminal.units() as unit:
        (section,) = unit.roster.sections()
    state.given_course(terminal.house.room.teacher, code=section.title.lower())
    report = terminal.told("load", "check", code=5)
    (match,) = report["check"]["sections"]
    assert (match["title"], match["courses"]) == (section.title, [])
    assert [one["nearness"] for one in match["candidates"]][:1] == [
        "the same but for case, blanks and - _ ."
    ]
    said = terminal.said("load", "check", "--term", "Fall 2026", code=5)
    assert (
        "0 sections have their course in main, 1 has none, 0 have several; 2 courses are of" in said
    )
    state.given_course(terminal.house.room.teacher, code=section.title)
    assert "1 section has its course in main, 0 have none" in terminal.said("load", "check")
    assert "no term of this name" in terminal.refused("load", "check", "--term", "Never")


def test_words_for_roles_are_read_as_the_settings_say(terminal: Terminal, tmp_path: Path) -> None:
    proctor = TABLES["enrollments"] + "e9,,,s1,o1,u2,proctor,\n"
    files = with_roles(a_role_row("r1", "u3", "ext:dean"), enrollments=proctor)
    folder = write_folder(tmp_path, files)
    told = terminal.told("load", "oneroster", folder, *ALL)
    assert {"ext:dean", "proctor"} <= {one["value"] for one in told["errors"]}
    words = ("--grant", "ext:Dean=reader", "--enrolment-role", "proctor=teacher")
    terminal.said("settings", "rosters", *words)
    terminal.said("load", "oneroster", folder, *ALL)
    assert ("reader", "ENGL") in granted(terminal, "S300")
    assert ("faculty", "") in granted(terminal, "S200")
    assert stays(terminal, "e9")
    terminal.said("settings", "rosters", "--enrolment-role", "proctor=")
    terminal.said("load", "oneroster", folder, *ALL)
    assert not stays(terminal, "e9")


def stays(terminal: Terminal, source_id: str) -> bool:
    with terminal.units(write=False) as unit:
        return {one.source_id: one.active for one in unit.roster.all_enrolments()}[source_id]


def granted(terminal: Terminal, tech_id: str) -> set[tuple[str, str]]:
    with terminal.units(write=False) as unit:
        (person,) = (one for one in unit.roster.all_people() if one.tech_id == tech_id)
        codes = {org.id: org.code for org in unit.roster.orgs()}
        held = unit.roster.roles_of(person.id)
    return {(one.role, codes[one.org_id] if one.org_id else "") for one in held}
