"""The schema: migrations make what the tables say, and a copy can be taken at any time."""

import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, TextClause, inspect, text

from adapters.outbound.persistence import schema
from adapters.outbound.persistence.engine import Engines, database_url, open_engines
from adapters.outbound.persistence.migrations.options import OPTIONS
from adapters.outbound.persistence.tables.every import metadata
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.errors import Invalid, StorageUnavailable
from application.ports.unit_of_work import UnitOfWork
from domain.access import Role
from domain.assessment import AssessmentState
from domain.ids import PersonId, SectionAssessmentId
from domain.reflection import Answer, asking
from tests.builders import a_deed, a_person
from tests.exchange_builders import a_publication
from tests.stand_ins import NoQueue

FIRST_COLLEGE = Path(__file__).with_name("first_college.sql")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of the first schema with a college in it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/old.db"
    else:
        url = request.getfixturevalue("empty_postgres_url")
    put_first_college(url)
    return url


def put_first_college(url: str) -> None:
    """Into an emptied database."""
    with closing(open_engines(url)) as engines, engines.writer.begin() as connection:
        if connection.dialect.name == "postgresql":  # the database is that of the module
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
        command.upgrade(schema.migration_config(connection), "0001")
        for statement in FIRST_COLLEGE.read_text(encoding="utf-8").split(";\n"):
            connection.exec_driver_sql(statement)


_PLACES = text("SELECT work_id, course_id, section_id FROM attain_slo_result")
_PLACES_OF_WORK = text(
    "SELECT w.id, s.course_id, s.id FROM attain_section_assessment w JOIN attain_section s"
    " ON s.id = w.section_id WHERE w.id = 'work-essay'"
)


class TestMigrations:
    def test_they_make_exactly_what_the_tables_say(self, engines: Engines) -> None:
        with engines.writer.begin() as connection:
            connection.execute(text("CREATE TABLE workflow_status (id TEXT)"))  # another library's
            context = MigrationContext.configure(connection, opts=OPTIONS)

            assert compare_metadata(context, metadata) == []

    def test_a_migrated_database_is_current(self, migrated_url: str, engines: Engines) -> None:
        current, head = schema.current_and_head(migrated_url)

        assert current == head
        assert schema.is_current(engines.reader)

    def test_running_them_again_changes_nothing(self, migrated_url: str) -> None:
        schema.upgrade(migrated_url)

        current, head = schema.current_and_head(migrated_url)
        assert current == head

    def test_an_empty_database_is_not_current(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path}/empty.db"

        assert schema.current_and_head(url)[0] is None

    def test_a_database_of_the_first_schema_keeps_its_rows(self, old_url: str) -> None:
        with closing(open_engines(old_url)) as engines:
            assert schema.current_and_head(old_url)[0] == "0001"
            with engines.writer.begin() as connection:
                stored = _rows(connection)
            assert {"attain_link", "attain_person"} < set(stored)

            schema.upgrade(old_url)

            assert schema.is_current(engines.reader)
            with engines.writer.begin() as connection:
                kept = _still_there(connection, stored)
                assert _rows(connection, kept) == {
                    name: sorted(({c: row[c] for c in kept[name]} for row in rows), key=str)
                    for name, rows in stored.items()
                }
                context = MigrationContext.configure(connection, opts=OPTIONS)
                assert compare_metadata(context, metadata) == []
            with SqlUnits(engines, _no_queue)() as unit:
                unit.publications.save([a_publication()])
                self._reads_what_has_another_form_now(unit)
                unit.commit()

    def test_results_from_before_schema_20_learn_their_places(self, old_url: str) -> None:
        with closing(open_engines(old_url)) as engines:
            with engines.writer.begin() as connection:
                command.upgrade(schema.migration_config(connection), "0019")
                connection.execute(
                    text(
                        "INSERT INTO attain_slo_result VALUES ('work-essay', 'slo-aim', 1,"
                        " 'term-fall', 'summative', '[]', :none, :none, :none, '[0]')"
                    ),
                    {"none": b""},
                )
            schema.upgrade(old_url)

            with engines.reader.begin() as connection:
                (told,) = connection.execute(_PLACES)
                (so_it_is,) = connection.execute(_PLACES_OF_WORK)
            assert tuple(told) == tuple(so_it_is)

    def _reads_what_has_another_form_now(self, unit: UnitOfWork) -> None:
        """The one question of a reflection became a template, and roles remember who gave them."""
        work = unit.assessments.work(SectionAssessmentId("work-essay"))
        assessment = unit.assessments.get(work.assessment_id)
        assert assessment.reflection == asking("What next?")
        assert (assessment.state, assessment.edition) == (AssessmentState.ACTIVE, 1)
        assert (work.edition, work.closed, work.plan_id) == (None, False, None)
        written = unit.assessments.reflection(work.id, PersonId("person-tess"))
        assert written is not None
        assert written.answers == (Answer("q1", "What next?", "More time."),)
        (grant,) = unit.roster.roles_of(PersonId("person-tess"))
        assert (grant.role, grant.granted_at) == (Role.COORDINATOR, None)

    def test_two_who_migrate_at_once_both_succeed(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path}/attain.db"

        with ThreadPoolExecutor(3) as threads:
            list(threads.map(schema.upgrade, [url] * 3))

        assert schema.current_and_head(url)[0] is not None

    def test_a_database_without_tables_names_the_cure(self, tmp_path: Path) -> None:
        engines = open_engines(f"sqlite:///{tmp_path}/empty.db")
        with (
            closing(engines),
            SqlUnits(engines, _no_queue)() as unit,
            pytest.raises(StorageUnavailable, match="attain db upgrade"),
        ):
            unit.roster.all_people()


class TestUrls:
    @pytest.mark.parametrize(
        ("given", "driver"),
        [
            ("postgresql://u@h/d", "postgresql+psycopg"),
            ("postgres://u@h/d", "postgresql+psycopg"),
            ("postgresql+psycopg://u@h/d", "postgresql+psycopg"),
            ("sqlite:////var/lib/attain/attain.db", "sqlite"),
        ],
    )
    def test_supported_ones(self, given: str, driver: str) -> None:
        assert database_url(given).drivername == driver

    @pytest.mark.parametrize("given", ["", "mysql://h/d", "sqlite://", "sqlite:///:memory:", "x"])
    def test_others_are_refused_with_a_cure(self, given: str) -> None:
        with pytest.raises(Invalid, match="sqlite:////path"):
            database_url(given)

    def test_a_password_is_never_told(self) -> None:
        with pytest.raises(Invalid) as refusal:
            database_url("mysql://user:hunter2@host/database")

        assert "hunter2" not in str(refusal.value)

    def test_a_server_that_is_away_is_named_so(self, tmp_path: Path) -> None:
        with closing(open_engines(f"postgresql:///d?host={tmp_path}")) as engines:
            unit = SqlUnits(engines, _no_queue)()

            with pytest.raises(StorageUnavailable), unit:
                pass


class TestBackup:
    def test_a_copy_of_a_database_in_use_is_whole(self, sqlite_url: str, tmp_path: Path) -> None:
        """A writer goes on committing while the copies are taken; none has half of a unit."""
        stop = Event()
        copies = [tmp_path / f"copy-{number}.db" for number in range(3)]

        with closing(open_engines(sqlite_url)) as engines, ThreadPoolExecutor(1) as threads:
            writing = threads.submit(_write_until, stop, SqlUnits(engines, _no_queue))
            for copy in copies:
                schema.backup(sqlite_url, copy)
            stop.set()
            written = writing.result()

        assert all(_count(copy, "person") == _count(copy, "audit_entry") for copy in copies)
        assert written > 0

    def test_it_can_be_opened_as_a_database(self, sqlite_url: str, tmp_path: Path) -> None:
        copy = tmp_path / "copy.db"
        with closing(open_engines(sqlite_url)) as engines, SqlUnits(engines, _no_queue)() as unit:
            unit.roster.put_people([a_person()])
            unit.commit()

        schema.backup(sqlite_url, copy)

        with (
            closing(open_engines(f"sqlite:///{copy}")) as engines,
            SqlUnits(engines, _no_queue)(write=False) as unit,
        ):
            assert unit.roster.all_people() == [a_person()]

    def test_a_writer_in_the_middle_of_a_unit_does_not_hold_it_up(
        self, sqlite_url: str, tmp_path: Path
    ) -> None:
        copy = tmp_path / "copy.db"
        with closing(open_engines(sqlite_url)) as engines, SqlUnits(engines, _no_queue)() as unit:
            unit.roster.put_people([a_person()])
            schema.backup(sqlite_url, copy)
            unit.commit()

        assert _count(copy, "person") == 0

    def test_it_is_for_its_owner_only_and_leaves_nothing_else(
        self, sqlite_url: str, tmp_path: Path
    ) -> None:
        folder = tmp_path / "backups"
        folder.mkdir()

        schema.backup(sqlite_url, folder / "copy.db")

        assert [file.name for file in folder.iterdir()] == ["copy.db"]
        assert stat.S_IMODE((folder / "copy.db").stat().st_mode) == 0o600

    def test_nothing_is_overwritten(self, sqlite_url: str, tmp_path: Path) -> None:
        precious = tmp_path / "precious.db"
        precious.write_text("do not touch")

        with pytest.raises(Invalid, match="exists already"):
            schema.backup(sqlite_url, precious)

        assert precious.read_text() == "do not touch"

    def test_a_file_that_comes_meanwhile_is_not_overwritten(
        self, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "copy.db"
        _after(monkeypatch, "_copy", lambda: file.write_text("somebody else's"))

        with pytest.raises(Invalid, match="exists already"):
            schema.backup(sqlite_url, file)

        assert file.read_text() == "somebody else's"

    def test_a_missing_folder_is_named(self, sqlite_url: str, tmp_path: Path) -> None:
        with pytest.raises(Invalid, match="cannot be written"):
            schema.backup(sqlite_url, tmp_path / "nowhere" / "copy.db")

    def test_a_missing_database_is_named_and_not_made(self, tmp_path: Path) -> None:
        with pytest.raises(StorageUnavailable, match="no database"):
            schema.backup(f"sqlite:///{tmp_path}/none.db", tmp_path / "copy.db")

        assert list(tmp_path.iterdir()) == []

    def test_a_file_that_is_no_database_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "attain.db").write_text("not a database at all, just words" * 100)

        with pytest.raises(StorageUnavailable):
            schema.backup(f"sqlite:///{tmp_path}/attain.db", tmp_path / "copy.db")

        assert not (tmp_path / "copy.db").exists()

    def test_postgresql_has_its_own_tool(self, tmp_path: Path) -> None:
        with pytest.raises(Invalid, match="pg_dump"):
            schema.backup("postgresql://host/database", tmp_path / "copy.sql")


def _no_queue(_connection: Connection) -> NoQueue:
    return NoQueue()


Row = dict[str, object]


def _rows(
    connection: Connection, columns: dict[str, list[str]] | None = None
) -> dict[str, list[Row]]:
    """What the tables hold: of all columns, or of those named, in no order that counts."""
    wanted = columns or dict.fromkeys(
        set(inspect(connection).get_table_names()) & set(metadata.tables)
    )
    stored = {
        name: [dict(row) for row in connection.execute(_select(name, named)).mappings()]
        for name, named in wanted.items()
    }
    return {name: sorted(rows, key=str) for name, rows in stored.items() if rows}


def _still_there(connection: Connection, stored: dict[str, list[Row]]) -> dict[str, list[str]]:
    """The columns of the stored rows that no migration has put into another form."""
    now = inspect(connection)
    columns = {name: {one["name"] for one in now.get_columns(name)} for name in stored}
    return {name: [c for c in rows[0] if c in columns[name]] for name, rows in stored.items()}


def _select(table: str, columns: list[str] | None) -> TextClause:
    return text(f"SELECT {', '.join(columns or ['*'])} FROM {table}")


def _write_until(stop: Event, units: SqlUnits) -> int:
    number = 0
    while not stop.is_set():
        number += 1
        with units() as unit:
            unit.roster.put_people([a_person(str(number))])
            unit.audit.record(a_deed())
            unit.commit()
    return number


def _count(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (number,) = connection.execute(f"SELECT count(*) FROM attain_{table}").fetchone()
    return int(number)


def _after(monkeypatch: pytest.MonkeyPatch, name: str, then: Callable[[], object]) -> None:
    original = getattr(schema, name)

    def both(*args: object) -> None:
        original(*args)
        then()

    monkeypatch.setattr(schema, name, both)
