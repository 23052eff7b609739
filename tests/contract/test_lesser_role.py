"""A role of PostgreSQL that may read and write the tables, and neither owns nor makes any."""

import secrets
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from psycopg import sql
from sqlalchemy import make_url

from adapters.inbound.files.oneroster import read_oneroster
from adapters.outbound.jobs.dbos_jobs import DbosJobs
from adapters.outbound.jobs.dbos_queue import DbosQueues
from adapters.outbound.jobs.schema import OWN_TABLES, is_migrated, migrate
from adapters.outbound.persistence import filling, schema, writing
from adapters.outbound.persistence.engine import open_engines
from adapters.outbound.persistence.migrations.options import OPTIONS
from adapters.outbound.persistence.tables.every import metadata
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.errors import NotFound
from application.loading.limit import removal_limit
from application.ports.jobs import JobContext, JobState, Payload
from application.ports.load_repositories import EnrolmentFields
from application.use_cases.rosters.load_roster import (
    LoadRoster,
    LoadRosterCommand,
    LoadRosterReport,
)
from application.use_cases.rosters.undo_load import UndoLoad
from domain.ids import PersonId
from domain.rostering import Enrolment, EnrolmentRole
from tests.adapters.files.oneroster_files import package, write_folder
from tests.builders import an_enrolment
from tests.contract.jobs_bench import JobsBench, dbos_working
from tests.stand_ins import CountedIds, FixedClock

pytestmark = pytest.mark.postgres

GRANTS = """
GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {role};
GRANT USAGE ON SCHEMA public, dbos TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, dbos TO {role};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public, dbos TO {role};
"""
"""As docs/operate.md has them."""
STUDENTS = [f"n{number:03}" for number in range(40)]


@pytest.fixture
def lesser_url(postgres_url: str) -> Iterator[str]:
    """Of a migrated database, for a role with these rights and no others."""
    migrate(postgres_url)
    role, password = f"attain_{secrets.token_hex(6)}", secrets.token_hex(12)
    database = make_url(postgres_url).database or ""
    names = {"role": sql.Identifier(role), "database": sql.Identifier(database)}
    with psycopg.connect(postgres_url, autocommit=True) as owner:
        made = sql.SQL("CREATE ROLE {role} LOGIN PASSWORD {word}")
        owner.execute(made.format(role=names["role"], word=sql.Literal(password)))
        owner.execute(sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"))
        owner.execute(sql.SQL("REVOKE ALL ON DATABASE {database} FROM PUBLIC").format(**names))
        owner.execute(sql.SQL(GRANTS).format(**names))
    try:
        lesser = make_url(postgres_url).set(username=role, password=password)
        yield lesser.render_as_string(hide_password=False)
    finally:
        with psycopg.connect(postgres_url, autocommit=True) as owner:
            owner.execute(sql.SQL("DROP OWNED BY {role}").format(**names))
            owner.execute(sql.SQL("DROP ROLE {role}").format(**names))


@pytest.fixture
def units(lesser_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlUnits]:
    """Of which a few rows are many, for whoever owns the tables and for COPY by a stage."""
    monkeypatch.setattr(filling, "MANY", 10)
    monkeypatch.setattr(writing, "_MANY", 10)
    with closing(open_engines(lesser_url)) as engines:
        yield SqlUnits(engines, DbosQueues(engines.writer))


@dataclass
class Nights:
    units: SqlUnits
    folder: Path

    def load(self, number: int, given: str = "Ana") -> LoadRosterReport:
        """A whole roster: one teacher, and the students in the section, called `given`."""
        users = [
            "sourcedId,enabledUser,orgSourcedIds,role,username,givenName,familyName,identifier,email",
            "u1,true,o1,teacher,tess,Tess,Marchand,T100,tess@example.edu",
            *(f"{one},true,o1,student,{one},{given},Ortiz,S-{one},{one}@example.edu"
              for one in STUDENTS),
        ]  # fmt: skip
        enrolled = [
            "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary",
            "e1,s1,o1,u1,teacher,true",
            *(f"e-{one},s1,o1,{one},student," for one in STUDENTS),
        ]
        files = package(users="\n".join(users) + "\n", enrollments="\n".join(enrolled) + "\n")
        roster = read_oneroster(write_folder(self.folder / str(number), files)).roster
        load = LoadRoster(self.units, FixedClock(), CountedIds(f"night-{number}"))
        limit = removal_limit("5%")
        return load(LoadRosterCommand("stew", roster, f"r.zip#{number}", limit=limit))

    def students(self) -> set[str]:
        with self.units(write=False) as unit:
            (section,) = unit.roster.sections()
            people = unit.roster.people_in(section.id, EnrolmentRole.STUDENT)
        return {f"{one.given_name} {one.login}" for one in people}


@pytest.fixture
def nights(units: SqlUnits, tmp_path: Path) -> Nights:
    return Nights(units, tmp_path)


def test_rosters_are_loaded_changed_and_taken_back(nights: Nights) -> None:
    first = nights.load(1)
    assert (first.applied, first.stopped) == (True, "")
    assert nights.students() == {f"Ana {one}" for one in STUDENTS}

    second = nights.load(2, given="Bo")
    assert nights.students() == {f"Bo {one}" for one in STUDENTS}
    assert nights.load(3, given="Bo").changes_nothing

    assert second.run_id is not None
    UndoLoad(nights.units, FixedClock())("stew", second.run_id)
    assert nights.students() == {f"Ana {one}" for one in STUDENTS}


def test_the_tables_are_as_they_were_and_references_are_watched(
    nights: Nights, postgres_url: str
) -> None:
    nights.load(1)
    with closing(open_engines(postgres_url)) as engines, engines.writer.begin() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        differences = compare_metadata(context, metadata)
    assert {(kind, table.name) for kind, table in differences} == {
        ("remove_table", name) for name in OWN_TABLES
    }, "but for the tables of jobs, which alembic leaves alone"
    with nights.units(write=False) as unit:
        (section,) = unit.roster.sections()
    stranger = an_enrolment("x", person_id=PersonId("nobody"), section_id=section.id)
    with pytest.raises(NotFound):
        _enrol(nights.units, stranger)


def _enrol(units: SqlUnits, enrolment: Enrolment) -> None:
    with units() as unit:
        unit.bulk.add_enrolments(EnrolmentFields.of([enrolment]))
        unit.commit()


def test_a_start_finds_the_schema_of_this_version(lesser_url: str) -> None:
    current, head = schema.current_and_head(lesser_url)
    assert current == head
    assert is_migrated(lesser_url)


async def test_jobs_are_enqueued_and_done(lesser_url: str, units: SqlUnits) -> None:
    done: list[str] = []

    async def note(_context: JobContext, payload: Payload) -> None:
        done.append(payload["of"])

    with closing(DbosJobs(lesser_url)) as jobs:
        bench = JobsBench(units, jobs, dbos_working(lesser_url))
        job_id = bench.enqueue("note", "send-1")
        async with bench.working({"note": note}):
            await bench.reached(job_id, JobState.DONE)
    assert done == ["send-1"]
