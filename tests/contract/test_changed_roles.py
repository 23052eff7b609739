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
from domain.access import GRANTED_BY_ROSTER, Role, RoleGrant
from tests.adapters.files.oneroster_files import a_role_row as a_row
from tests.adapters.files.oneroster_files import with_roles, write_folder
from tests.stand_ins import NOON, CountedIds, FixedClock

OPTIONS = ReadOptions(grants={"siteAdministrator": Role.COORDINATOR, "principal": Role.READER})


class Nights:
    def __init__(self, units: UnitOfWorkFactory, folder: Path) -> None:
        self.units, self._folder, self._count = units, folder, 0
        self.options = OPTIONS
        self._load = LoadRoster(units, FixedClock(), CountedIds("new"))

    def load(self, mode: str, *rows: str) -> LoadRosterReport:
        self._count += 1
        folder = write_folder(self._folder / str(self._count), with_roles(*rows, mode=mode))
        roster = read_oneroster(folder, self.options).roster
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


def test_roles_follow_what_the_college_says_of_their_words(
    units: UnitOfWorkFactory, tmp_path: Path
) -> None:
    """Also where it says of no word any more that it gives a role."""
    nights = Nights(units, tmp_path)
    rows = a_row("r1", "u1", "siteAdministrator"), a_row("r2", "u2", "principal")
    nights.load("bulk", *rows)
    nights.options = ReadOptions(grants={"principal": Role.COORDINATOR})
    changed = nights.load("bulk", *rows)
    assert nights.brought == [("ana", Role.COORDINATOR)]
    nights.options = ReadOptions()
    emptied = nights.load("bulk", *rows)
    assert nights.brought == []
    nights.undo(emptied)
    assert nights.brought == [("ana", Role.COORDINATOR)]
    nights.undo(changed)
    assert nights.brought == [("ana", Role.READER), ("tess", Role.COORDINATOR)]
    nights.load("delta", rows[1])
    assert nights.brought == [("tess", Role.COORDINATOR)]


def test_a_role_given_by_hand_outlives_the_word(units: UnitOfWorkFactory, tmp_path: Path) -> None:
    nights = Nights(units, tmp_path)
    rows = a_row("r1", "u1", "teacher"), a_row("r2", "u2", "principal")
    nights.options = ReadOptions()
    nights.load("bulk", *rows)
    with units() as unit:
        ana = next(one for one in unit.roster.all_people() if one.login == "ana")
        org = next(one for one in unit.roster.orgs() if one.source_id == "o2")
        unit.roster.grant(RoleGrant(ana.id, Role.READER, org.id, "stew", NOON))
        unit.commit()
    nights.options = OPTIONS
    nights.load("bulk", *rows)
    nights.options = ReadOptions()
    nights.load("bulk", *rows)
    with units(write=False) as unit:
        held = {grant.role for grant in unit.roster.roles_of(ana.id)}
    assert Role.READER in held
