"""The command line over a house in memory, with a class whose scores can be sent."""

import asyncio
import json
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from click.testing import CliRunner, Result

from adapters.inbound.cli.house import House
from adapters.inbound.cli.parser import build
from adapters.inbound.cli.workbench import Processes
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.queries.audit_trail import ReadAudit, VerifyAudit
from application.queries.registers import Registers
from application.use_cases.consumer_keys import (
    ListConsumerKeys,
    NewConsumerKey,
    RevokeConsumerKey,
    RotateConsumerKey,
    ShowSharedSecret,
)
from application.use_cases.examine import Examine
from application.use_cases.import_assessments import ImportAssessments
from application.use_cases.import_slos import ImportSlos
from application.use_cases.lms_sites import ConfigureSite, ListSites
from application.use_cases.load_roster import LoadRoster
from application.use_cases.lti_switch import ReadLtiSwitch, SetLtiSwitch
from application.use_cases.matching_queue import ReadLaunchLog, ResolveQueued
from application.use_cases.matching_rules import ReadMatchingRules, SaveMatchingRule
from application.use_cases.people import NewPerson
from application.use_cases.sign_in import NewSignInLink
from application.use_cases.try_match import TryMatch
from tests.application.sending import Classroom
from tests.stand_ins import CountedIds

T = TypeVar("T")


class BadSetting(Exception):
    """As an entrypoint raises it before the house stands."""


@dataclass
class SpokenProcesses(Processes):
    """Notes what was asked of it."""

    asked: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    current: bool = True

    def demo(self, *, port: int, browser: bool, as_json: bool) -> None:
        self.asked.append(("demo", {"port": port, "browser": browser, "as_json": as_json}))

    def serve(self, **options: object) -> None:
        self.asked.append(("serve", options))

    def worker(self, *, follow_parent: int | None) -> None:
        self.asked.append(("worker", {"follow_parent": follow_parent}))

    def db_upgrade(self) -> None:
        self.asked.append(("db_upgrade", {}))

    def db_check(self) -> bool:
        return self.current

    def db_backup(self, file: Path) -> None:
        self.asked.append(("db_backup", {"file": file}))


@dataclass
class MemoryHouse:
    """Use cases over memory, under the names that the commands ask for."""

    room: Classroom
    schema_is_current: bool = True
    base_url: str = "https://attain.test"
    canvas_callback: str = "https://attain.test/integrations/canvas/callback"

    def __post_init__(self) -> None:
        units, clock, sealer = self.room.units, self.room.clock, self.room.keyring
        new_id, secrets = CountedIds(), CountedIds("secret")
        self.jobs = self.room.jobs
        self.read_lti_switch = ReadLtiSwitch(units)
        self.set_lti_switch = SetLtiSwitch(units, clock)
        self.list_consumer_keys = ListConsumerKeys(units, clock)
        self.new_consumer_key = NewConsumerKey(units, clock, sealer, secrets)
        self.show_shared_secret = ShowSharedSecret(units, clock, sealer)
        self.rotate_consumer_key = RotateConsumerKey(units, clock, sealer, secrets)
        self.revoke_consumer_key = RevokeConsumerKey(units, clock)
        self.read_matching_rules = ReadMatchingRules(units)
        self.save_matching_rule = SaveMatchingRule(units, clock)
        self.try_match = TryMatch(units)
        self.read_launch_log = ReadLaunchLog(units)
        self.resolve_queued = ResolveQueued(units, clock)
        self.list_sites = ListSites(units)
        self.configure_site = ConfigureSite(units, clock, sealer, new_id)
        self.new_person = NewPerson(units, clock, new_id)
        self.new_sign_in_link = NewSignInLink(units, clock, secrets)
        self.load_roster = LoadRoster(units, clock, new_id)
        self.import_slos = ImportSlos(units, clock, new_id)
        self.import_assessments = ImportAssessments(units, clock, new_id)
        self.registers = Registers(units)
        self.plan_send = self.room.plan
        self.send_scores = self.room.send_scores
        self.read_audit = ReadAudit(units)
        self.verify_audit = VerifyAudit(units)
        self.examine = Examine(
            units, clock, self.base_url, lambda: self.schema_is_current, lambda: 1
        )

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run(work)


@dataclass
class Terminal:
    """Runs `attain` as a person would: `terminal("lti", "status")`."""

    house: MemoryHouse
    units: MemoryUnits
    processes: SpokenProcesses = field(default_factory=SpokenProcesses)
    broken: Exception | None = None
    """Raised instead of opening the house."""

    def __call__(self, *args: str | Path, stdin: str = "") -> Result:
        command = build(self._open, self.processes, {BadSetting: 2})
        return CliRunner().invoke(command, [str(arg) for arg in args], input=stdin)

    def said(self, *args: str | Path, code: int = 0, stdin: str = "") -> str:
        """What stands on standard output; the exit code must be `code`."""
        result = self(*args, stdin=stdin)
        assert result.exit_code == code, (result.output, result.exception)
        return result.stdout

    def told(self, *args: str | Path, code: int = 0) -> Any:
        """The JSON on standard output."""
        return json.loads(self.said(*args, "--json", code=code))

    def refused(self, *args: str | Path, code: int = 3) -> str:
        """The one line on standard error of a command that did nothing."""
        result = self(*args)
        assert result.exit_code == code, (result.output, result.exception)
        assert result.stdout == ""
        (line,) = result.stderr.splitlines()
        return line

    @contextmanager
    def _open(self) -> Iterator[House]:
        if self.broken is not None:
            raise self.broken
        yield self.house
