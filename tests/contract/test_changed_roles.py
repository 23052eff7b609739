"""Files of roles, from the file to each kind of store: a row that changes ends what it gave."""

from pathlib import Path

from adapters.inbound.files.oneroster import read_oneroster
from application.ports.unit_of_work import UnitOfWorkFactory
from application.rosters.read_options import ReadOptions
from application.use_cases.rosters.load_roster import (
    LoadRoster,
    LoadRosterCommand,
    LoadRosterReport,
)
from application.use_cases.rosters.undo_load import UndoLoad
from domain.access import GRANTED_BY_ROSTER, Role
from tests.adapters.files.oneroster_files import manifest, package, write_folder
from tests.stand_ins import CountedIds, FixedClock

HEADER = (
    "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,"
    "orgSourcedId,userProfileSourcedId"
)
USERS = """
sourcedId,enabledUser,username,givenName,familyName,identifier,email
u1,true,tess,Tess,Marchand,T100,tess@example.edu
u2,true,ana,Ana,Ortiz,S200,ana@example.edu
u3,true,li,Li,Wang,S300,li@example.edu
"""
OPTIONS = ReadOptions(grants={"siteAdministrator": Role.COORDINATOR, "principal": Role.READER})


class Nights:
    def __init__(self, units: UnitOfWorkFactory, folder: Path) -> None:
        self.units, self._folder, self._count = units, folder, 0
        self._load = LoadRoster(units, FixedClock(), CountedIds("new"))

    def load(self, mode: str, *rows: str) -> LoadRosterReport:
        self._count += 1
        files = package(users=USERS)
        files["roles.csv"] = "\n".join((HEADER, *rows)) + "\n"
        files["manifest.csv"] = manifest(version="1.2") + f"file.roles,{mode}\n"
        folder = self._folder / str(self._count)
        roster = read_oneroster(write_folder(folder, files), OPTIONS).roster
        return self._load(LoadRosterCommand("stew", roster, f"r.zip#{self._count}"))

    def undo(self, report: LoadRosterReport) -> None:
        assert report.run_id is not None
        UndoLoad(self.units, FixedClock())("stew", report.run_id)

    @property
    def brought(self) -> list[tuple[str, Role]]:
        with self.units(write=False) as unit:
            held = unit.directory.granted_by(GRANTED_BY_ROSTER)
            people = unit.roster.people({one.person_id for one in held})
        return sorted((people[one.person_id].login, one.role) for one in held)


def a_row(key: str, person: str, role: str, org: str = "o2") -> str:
    return f"{key},active,2026-09-01T08:00:00.000Z,{person},secondary,{role},,,{org},"


def test_a_delta_moves_roles_and_an_undo_moves_them_back(
    units: UnitOfWorkFactory, tmp_path: Path
) -> None:
    nights = Nights(units, tmp_path)
    nights.load("bulk", a_row("r1", "u1", "siteAdministrator"), a_row("r2", "u2", "principal"))
    assert nights.brought == [("ana", Role.READER), ("tess", Role.COORDINATOR)]
    moved = nights.load("delta", a_row("r1", "u3", "principal"), a_row("r2", "u2", "teacher"))
    assert moved.applied
    assert nights.brought == [("li", Role.READER)]
    nights.undo(moved)
    assert nights.brought == [("ana", Role.READER), ("tess", Role.COORDINATOR)]
    nights.load("delta", a_row("r2", "u1", "principal"))
    assert nights.brought == [("tess", Role.COORDINATOR), ("tess", Role.READER)]


def test_the_load_that_brought_people_and_roles_can_be_undone(
    units: UnitOfWorkFactory, tmp_path: Path
) -> None:
    nights = Nights(units, tmp_path)
    nights.undo(nights.load("bulk", a_row("r1", "u1", "siteAdministrator")))
    assert nights.brought == []
    with units(write=False) as unit:
        assert unit.bulk.grant_sources() == []
