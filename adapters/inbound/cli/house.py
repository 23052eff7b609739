"""The house as the commands see it; `entrypoints` opens it for them."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

from adapters.inbound.cli.assessment_house import AssessmentHouse
from adapters.inbound.cli.improvement_house import ImprovementHouse
from adapters.inbound.cli.launch_house import LaunchHouse
from adapters.inbound.cli.outcome_house import OutcomeHouse
from adapters.inbound.cli.people_house import PeopleHouse
from adapters.inbound.cli.report_house import ReportHouse
from adapters.inbound.cli.roster_house import RosterHouse
from adapters.inbound.cli.score_house import ScoreHouse
from adapters.inbound.cli.student_work_house import StudentWorkHouse
from application.later import imported_later

with imported_later(__name__):
    from application.doctor.examine import Examine, ProbeSites
    from application.ports.jobs import Jobs
    from application.ports.table_dump import TableDump
    from application.queries.access.acting_viewer import ActingViewer
    from application.queries.rosters.lookup import Lookup
    from application.queries.rosters.registers import Registers
    from application.queries.settings.audit_trail import ReadAudit, VerifyAudit
    from application.tokens import Pause
    from application.use_cases.downloads.export_college import NoteExport, ReadRoster
    from application.use_cases.settings.college_settings import ReadCollegeRules, SaveCollegeRules
    from application.use_cases.settings.seal_anew import SealAnew
    from application.use_cases.settings.send_test_mail import SendTestMail

T = TypeVar("T")


class House(
    LaunchHouse, PeopleHouse, RosterHouse, OutcomeHouse, AssessmentHouse, ScoreHouse,
    StudentWorkHouse, ImprovementHouse, ReportHouse, Protocol,
):  # fmt: skip
    """The opened house: what is known of it, and its use cases by their own names.

    Each room is what one group of commands asks for; here stands what belongs to none.
    """

    @property
    def base_url(self) -> str: ...
    @property
    def canvas_callback(self) -> str: ...
    @property
    def jobs(self) -> Jobs: ...
    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a use case that speaks to the network, with the LMS connections open."""

    @property
    def registers(self) -> Registers: ...
    @property
    def send_test_mail(self) -> SendTestMail: ...
    @property
    def read_college_rules(self) -> ReadCollegeRules: ...
    @property
    def save_college_rules(self) -> SaveCollegeRules: ...
    @property
    def seal_anew(self) -> SealAnew: ...
    @property
    def read_roster(self) -> ReadRoster: ...
    @property
    def note_export(self) -> NoteExport: ...
    @property
    def dump_tables(self) -> TableDump: ...
    @property
    def read_audit(self) -> ReadAudit: ...
    @property
    def verify_audit(self) -> VerifyAudit: ...
    @property
    def examine(self) -> Examine: ...
    @property
    def probe_sites(self) -> ProbeSites: ...
    @property
    def acting_viewer(self) -> ActingViewer: ...
    @property
    def pause(self) -> Pause: ...
    @property
    def workers_alive(self) -> Callable[[], int]: ...
    @property
    def lookup(self) -> Lookup: ...
