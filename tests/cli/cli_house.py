"""The command line over a house in memory, with a class whose scores can be sent."""

import asyncio
import json
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from click.testing import CliRunner, Result
from obstore.store import MemoryStore

from adapters.inbound.cli.house import House
from adapters.inbound.cli.parser import build
from adapters.inbound.cli.workbench import Processes
from adapters.inbound.http.reporting.chart_pictures import picture_of
from adapters.outbound.evidence_store.files import ObjectFiles
from adapters.outbound.jobs.memory_jobs import MemoryRunner
from adapters.outbound.memory.lms_outcome_state import ROOT
from adapters.outbound.memory.mail import MemoryMail
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.account_agents import AccountAgents
from application.doctor.examine import Examine, ProbeSites
from application.doctor.installation import Installation
from application.doctor.live import LiveChecks
from application.doctor.probe import Probe
from application.outcome_sync.book import SyncBook
from application.outcome_sync.place_agents import PlaceAgents
from application.queries.access.acting_viewer import ActingViewer
from application.queries.access.session_list import ListSessions
from application.queries.access.token_list import ListTokens
from application.queries.assessments.assessment_export import AssessmentExport
from application.queries.assessments.library_page import LibraryPage
from application.queries.assessments.plan_choices import PlanChoices
from application.queries.calendar.calendar_page import CalendarExport
from application.queries.calendar.participation import Participation
from application.queries.calendar.reminder_report import ReminderReport
from application.queries.evidence.evidence_list import ListEvidence
from application.queries.lms.link_offers import LinkOffers
from application.queries.matching.matching_queue_page import ReadCase, ReadDecisions, ReadQueue
from application.queries.outcome_sync.sync_report import ReadSyncReport
from application.queries.outcome_sync.sync_runs import ListSyncRuns
from application.queries.outcome_sync.sync_scopes import SyncScopes
from application.queries.people.people_register import PeopleRegister
from application.queries.people.person_by_tech_id import PersonByTechId
from application.queries.people.person_page import ReadPerson
from application.queries.portfolio.portfolio_pages import PortfolioPage
from application.queries.rosters.course_register import CourseRegister, ReadCourse
from application.queries.rosters.load_list import ListLoads, ReadFindings
from application.queries.rosters.lookup import Lookup
from application.queries.rosters.org_register import ListOrgs, ReadOrg
from application.queries.rosters.registers import Registers
from application.queries.rosters.section_register import ListTerms, ReadSection, SectionRegister
from application.queries.score_import.import_choices import ImportChoices
from application.queries.score_import.import_preview import ImportPreview
from application.queries.scoring.agreement_page import AgreementPage
from application.queries.scoring.counts_page import CountsPage
from application.queries.scoring.evaluators_page import EvaluatorsPage
from application.queries.scoring.reflection_list import ReflectionList
from application.queries.settings.audit_trail import ReadAudit, VerifyAudit
from application.queries.slos.outcome_export import ReadOutcomeExport
from application.queries.slos.scale_list import ScaleList
from application.queries.slos.slo_list import SloList
from application.queries.slos.slo_names import SloNames
from application.queries.slos.slo_page import SloPage
from application.queries.slos.slo_performance import SloPerformance
from application.queries.student_work.assign_choices import AssignChoices
from application.queries.student_work.dla_desk import DlaDesk
from application.queries.works.work_header import ReadWorkHeader
from application.reports.agreement_report import AgreementReport
from application.reports.disaggregation import Disaggregation
from application.reports.improvement_report import ImprovementReport
from application.reports.participation_report import ParticipationReport
from application.reports.report_files import WriteReport
from application.reports.slo_report import SloReport
from application.score_import.book import ImportBook
from application.scorecards.downloads_page import DownloadsPage
from application.use_cases.access.api_tokens import MakeToken, RevokeToken
from application.use_cases.access.end_sessions import EndSession, SignOutEverywhere
from application.use_cases.access.passwords import RemovePassword, SetPassword
from application.use_cases.access.sign_in import NewSignInLink
from application.use_cases.assessments.carry_plans import CarryPlans, PreviewCarry
from application.use_cases.assessments.close_work import CloseWork, RemoveWork, ReopenWork
from application.use_cases.assessments.import_assessments import ImportAssessments
from application.use_cases.assessments.keep_library import (
    CopyAssessment,
    OfferAssessment,
    RetireAssessment,
)
from application.use_cases.assessments.plan_sections import (
    FollowPlans,
    PlanSections,
    PreviewPlan,
    UndoPlan,
)
from application.use_cases.downloads.export_college import NoteExport, ReadRoster
from application.use_cases.downloads.make_download import MakeDownload
from application.use_cases.evidence.expire_evidence import CheckEvidence, ExpireEvidence
from application.use_cases.lms.check_courses import CheckCourses
from application.use_cases.lms.choose_course import TaughtCourses
from application.use_cases.lms.consumer_keys import (
    ListConsumerKeys,
    NewConsumerKey,
    RevokeConsumerKey,
    RotateConsumerKey,
    ShowSharedSecret,
)
from application.use_cases.lms.decide_offers import DecideOffers
from application.use_cases.lms.lms_sites import ConfigureSite, ListSites
from application.use_cases.lms.lti_switch import ReadLtiSwitch, SetLtiSwitch
from application.use_cases.lms.pair_orgs import AcceptSuggestions, ListOrgPairings, PairOrg
from application.use_cases.lms.read_accounts import ReadAccounts
from application.use_cases.matching.dismiss_case import DismissCase
from application.use_cases.matching.matching_queue import ResolveQueued
from application.use_cases.matching.matching_rules import ReadMatchingRules, SaveMatchingRule
from application.use_cases.matching.merge_people import MergePeople, PeopleByTechId
from application.use_cases.matching.replay_queue import ReplayQueue
from application.use_cases.matching.try_match import TryMatch
from application.use_cases.matching.try_rule import TryRule
from application.use_cases.matching.undo_decision import UndoDecision
from application.use_cases.outcome_sync.place_rubric import OfferRubric, PlaceRubric
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomes
from application.use_cases.outcome_sync.publish_outcomes import PublishOutcomes
from application.use_cases.outcome_sync.sync_outcomes import SyncOutcomes
from application.use_cases.outcome_sync.undo_sync import UndoSync
from application.use_cases.people.edit_person import EditPerson
from application.use_cases.people.new_people import NewPerson
from application.use_cases.people.role_grants import GrantRole, RevokeRole
from application.use_cases.portfolio.signing_keys import ListSigningKeys, MakeSigningKey
from application.use_cases.reminders.remind import SampleReminders, SendReminders
from application.use_cases.rosters.keep_orgs import SaveOrg, SaveTerm
from application.use_cases.rosters.keep_sections import EndEnrolment, Enrol, SaveCourse, SaveSection
from application.use_cases.rosters.load_roster import LoadRoster
from application.use_cases.rosters.undo_load import UndoLoad
from application.use_cases.score_import.apply_import import ApplyImport
from application.use_cases.score_import.begin_import import BeginImport
from application.use_cases.score_import.read_scores import ReadLmsScores
from application.use_cases.score_import.replay_imports import ReplayImport, ReplayImports
from application.use_cases.scoring.enter_counts import EnterCounts
from application.use_cases.scoring.give_to_score import GiveToScore, TakeBack
from application.use_cases.scoring.record_scores import RecordScores
from application.use_cases.scoring.release_results import ReleaseResults
from application.use_cases.scoring.upload_scorecard import PreviewScorecard
from application.use_cases.settings.college_settings import ReadCollegeRules, SaveCollegeRules
from application.use_cases.settings.roster_settings import ReadRosterReading, SaveRosterReading
from application.use_cases.settings.seal_anew import SealAnew
from application.use_cases.settings.send_test_mail import SendTestMail
from application.use_cases.slos.import_slos import ImportSlos
from application.use_cases.slos.keep_mastery import SaveMastery
from application.use_cases.slos.keep_scales import MakeDefaultScale, SaveScale
from application.use_cases.slos.keep_slos import ChangeSloState, EditSlo, NewSlo
from application.use_cases.slos.map_slos import MapSlos
from application.use_cases.slos.set_target import SetTarget
from application.use_cases.student_work.assign_dla import AssignDla
from application.use_cases.student_work.decide_dlas import DecideDlas
from application.use_cases.student_work.keep_dlas import RetireDla, SaveDla
from application.use_cases.student_work.student_profiles import ReadProfilePolicy, SetProfilePolicy
from entrypoints.documents import write_csv, write_pdf, write_workbook
from tests.application.sending import Classroom, at_once
from tests.cli.improvement_house import ImprovementRooms
from tests.exchange_builders import an_account_authorisation
from tests.one_key import OneKey
from tests.stand_ins import CountedIds, QuickPasswords

T = TypeVar("T")


class BadSetting(Exception):
    """As an entrypoint raises it before the house stands."""


@dataclass
class SpokenProcesses(Processes):
    """Notes what was asked of it."""

    asked: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    current: bool = True
    differences: list[str] = field(default_factory=list)

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

    def db_differences(self) -> list[str]:
        return self.differences

    def db_rebuild(self) -> None:
        self.asked.append(("db_rebuild", {}))
        self.differences = []

    def db_backup(self, file: Path) -> None:
        self.asked.append(("db_backup", {"file": file}))


@dataclass
class MemoryHouse(ImprovementRooms):
    """Use cases over memory, under the names that the commands ask for."""

    room: Classroom
    schema_is_current: bool = True
    base_url: str = "https://attain.test"
    canvas_callback: str = "https://attain.test/integrations/canvas/callback"
    workers: int = 1
    pauses: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        units, clock, sealer = self.room.units, self.room.clock, self.room.keyring
        new_id, secrets = CountedIds(), CountedIds("secret")
        self.jobs = self.room.jobs
        self.person_by_tech_id = PersonByTechId(units)
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
        self.read_queue = ReadQueue(units)
        self.read_case = ReadCase(units)
        self.read_decisions = ReadDecisions(units)
        self.dismiss_case = DismissCase(units, clock, new_id)
        self.undo_decision = UndoDecision(units, clock)
        self.merge_people = MergePeople(units, clock, new_id)
        self.people_by_tech_id = PeopleByTechId(units)
        self.resolve_queued = ResolveQueued(units, clock, CountedIds("decision"))
        self.list_sites = ListSites(units)
        self.configure_site = ConfigureSite(units, clock, sealer, new_id)
        self.new_person = NewPerson(units, clock, new_id)
        self.new_sign_in_link = NewSignInLink(units, clock, secrets)
        self._people()
        self.load_roster = LoadRoster(units, clock, new_id)
        self.list_loads, self.read_findings = ListLoads(units), ReadFindings(units)
        self.undo_load = UndoLoad(units, clock)
        self.import_slos = ImportSlos(units, clock, new_id)
        self.import_assessments = ImportAssessments(units, clock, new_id)
        self.registers = Registers(units)
        self.plan_send = self.room.plan
        self.send_scores = self.room.send_scores
        self._places(AccountAgents(units, at_once, clock, self.room.plan.gateways))
        self._imports()
        self._scorecards()
        self._slos()
        self._desk()
        self._assessments()
        self._student_work()
        self._outcomes(PlaceAgents(AccountAgents(units, at_once, clock, self.room.plan.gateways)))

    def _slos(self) -> None:
        units, clock, new_id = self.room.units, self.room.clock, CountedIds("slo")
        self.slo_list, self.slo_page = SloList(units), SloPage(units, clock)
        self.new_slo, self.edit_slo = NewSlo(units, clock, new_id), EditSlo(units, clock)
        self.change_slo_state, self.map_slos = ChangeSloState(units, clock), MapSlos(units, clock)
        self.slo_names = SloNames(units)
        self.set_target = SetTarget(units, clock)
        self.read_outcome_export, self.scale_list = (
            ReadOutcomeExport(units, clock),
            ScaleList(units),
        )
        self.save_scale = SaveScale(units, clock, new_id)
        self.make_default_scale = MakeDefaultScale(units, clock, new_id)
        self.save_mastery = SaveMastery(units, clock, new_id)

    def _desk(self) -> None:
        units, clock = self.room.units, self.room.clock
        new_id, secrets = CountedIds("token"), CountedIds("token-secret")
        self.make_token = MakeToken(units, clock, new_id, secrets)
        self.list_tokens = ListTokens(units, clock)
        self.revoke_token = RevokeToken(units, clock)
        self.read_roster_reading = ReadRosterReading(units, clock)
        self.save_roster_reading = SaveRosterReading(units, clock)
        self.read_college_rules = ReadCollegeRules(units)
        self.seal_anew = SealAnew(units, clock, self.room.keyring)
        self.make_signing_key = MakeSigningKey(units, clock, new_id, self.room.keyring, OneKey())
        self.list_signing_keys = ListSigningKeys(units)
        self.portfolio_page = PortfolioPage(units, clock)
        self.read_profile_policy = ReadProfilePolicy(units)
        self.set_profile_policy = SetProfilePolicy(units, clock)
        self.save_college_rules = SaveCollegeRules(units, clock)
        self.read_roster = ReadRoster(units)
        self.note_export = NoteExport(units, clock)
        self.dump_tables = lambda: nullcontext(iter(()))
        self.read_audit = ReadAudit(units)
        self.verify_audit = VerifyAudit(units)

    def _people(self) -> None:
        units, clock, hasher = self.room.units, self.room.clock, QuickPasswords()
        self.lookup = Lookup(units)
        self.people_register = PeopleRegister(units)
        self.read_person = ReadPerson(units, clock)
        self.edit_person = EditPerson(units, clock)
        self.grant_role = GrantRole(units, clock)
        self.revoke_role = RevokeRole(units, clock)
        self.list_orgs, self.read_org = ListOrgs(units), ReadOrg(units)
        self.list_terms = ListTerms(units, clock)
        self.course_register, self.read_course = CourseRegister(units), ReadCourse(units)
        self.section_register, self.read_section = SectionRegister(units), ReadSection(units)
        ids = CountedIds("by-hand")
        self.save_org, self.save_term = SaveOrg(units, clock, ids), SaveTerm(units, clock, ids)
        self.save_course = SaveCourse(units, clock, ids)
        self.save_section = SaveSection(units, clock, ids)
        self.enrol, self.end_enrolment = Enrol(units, clock, ids), EndEnrolment(units, clock)
        self.list_sessions = ListSessions(units, clock)
        self.end_session = EndSession(units, clock)
        self.sign_out_everywhere = SignOutEverywhere(units, clock)
        self.set_password = SetPassword(units, clock, hasher)
        self.remove_password = RemovePassword(units, clock)

    def _assessments(self) -> None:
        units, clock, ids = self.room.units, self.room.clock, CountedIds("kept")
        self.mail = MemoryMail()
        self.library_page = LibraryPage(units)
        self.assessment_export = AssessmentExport(units)
        self.copy_assessment = CopyAssessment(units, clock, ids)
        self.retire_assessment = RetireAssessment(units, clock)
        self.plan_choices = PlanChoices(units, clock)
        self.preview_plan = PreviewPlan(units)
        self.plan_sections = PlanSections(units, clock, ids)
        self.undo_plan = UndoPlan(units, clock)
        self.follow_plans = FollowPlans(units, clock, ids)
        self.preview_carry = PreviewCarry(units)
        self.carry_plans = CarryPlans(units, clock, ids)
        self.close_work = CloseWork(units, clock)
        self.reopen_work = ReopenWork(units, clock)
        self.remove_work = RemoveWork(units, clock)
        self.counts_page = CountsPage(units)
        self.enter_counts = EnterCounts(units, clock)
        self.evaluators_page, self.agreement_page = EvaluatorsPage(units), AgreementPage(units)
        self.give_to_score = GiveToScore(units, clock, CountedIds("seed"))
        self.take_back = TakeBack(units, clock)
        self.reflection_list = ReflectionList(units)
        self.offer_assessment = OfferAssessment(units, clock)
        place = MemoryStore()
        self.files = ObjectFiles(lambda: place)
        self.list_evidence = ListEvidence(units)
        self.expire_evidence = ExpireEvidence(units, at_once, clock, self.files)
        self.check_evidence = CheckEvidence(units, at_once, clock, self.files)
        self.reminder_report = ReminderReport(units)
        performance = SloPerformance(units)
        self.slo_report = SloReport(units, clock, performance)
        self.disaggregation = Disaggregation(units, clock, performance)
        participation = Participation(units)
        self.participation_report = ParticipationReport(units, clock, participation)
        self.improvement_report = ImprovementReport(units, clock)
        self.agreement_report = AgreementReport(units, clock)
        self.write_report = WriteReport(write_pdf, write_workbook, write_csv, picture_of)
        self.calendar_export = CalendarExport(units, clock)
        self.send_test_mail = SendTestMail(units, at_once, clock, ids, self.mail)
        self.sample_reminders = SampleReminders(units, clock, self.mail, self.base_url)
        self.send_reminders = SendReminders(units, clock, ids, self.mail)
        self.improve(units, clock, self.mail, self.base_url)
        self.link_offers = LinkOffers(units)
        self.decide_offers = DecideOffers(units, clock, ids)

    def _student_work(self) -> None:
        units, clock, ids = self.room.units, self.room.clock, CountedIds("dla")
        self.release_results = ReleaseResults(units, clock)
        self.dla_desk, self.assign_choices = DlaDesk(units, clock), AssignChoices(units)
        self.save_dla, self.retire_dla = SaveDla(units, clock, ids), RetireDla(units, clock)
        self.assign_dla, self.decide_dlas = AssignDla(units, clock, ids), DecideDlas(units, clock)

    def _outcomes(self, agents: PlaceAgents) -> None:
        units, clock, ids = self.room.units, self.room.clock, CountedIds("sync")
        self.acting_viewer = ActingViewer(units)
        self.sync_scopes = SyncScopes(units)
        self.plan_outcomes = PlanOutcomes(units, at_once, agents)
        self.sync_outcomes = SyncOutcomes(units, at_once, clock, ids, self.plan_outcomes)
        self.read_sync_report = ReadSyncReport(units)
        self.list_sync_runs = ListSyncRuns(units)
        self.undo_sync = UndoSync(units, clock, ids)
        book = SyncBook(units, at_once, clock, CountedIds("publication"))
        publish = PublishOutcomes(book, agents, self.room.nap)
        self.worker = MemoryRunner(self.jobs, {"sync-outcomes": publish})

    async def pause(self, seconds: float) -> None:
        """Instead of waiting: the workers, if any is alive, do their work meanwhile."""
        self.pauses.append(seconds)
        if self.workers:
            await self.worker.run_all()

    def workers_alive(self) -> int:
        return self.workers

    def _places(self, agents: AccountAgents) -> None:
        units, clock = self.room.units, self.room.clock
        accounts = ReadAccounts(agents)
        self.list_org_pairings = ListOrgPairings(units, at_once, accounts)
        self.try_rule = TryRule(units, at_once, agents)
        self.pair_org = PairOrg(units, at_once, clock, accounts)
        self.accept_suggestions = AcceptSuggestions(units, at_once, clock, self.list_org_pairings)
        installation = Installation(
            clock, self.room.keyring, self.jobs, self.base_url,
            lambda: self.schema_is_current, lambda: 1,
        )  # fmt: skip
        self.check_courses = CheckCourses(units, at_once, agents)
        lms = {"canvas": self.room.lms}
        live = LiveChecks(agents, lms, self.room.keyring, clock, self.canvas_callback)
        self.examine = Examine(units, at_once, installation, live)
        self.probe_sites = ProbeSites(units, at_once, Probe(live, CountedIds("probe")))

    def _imports(self) -> None:
        units, clock, gateways = self.room.units, self.room.clock, self.room.plan.gateways
        self.read_work_header = ReadWorkHeader(units)
        self.taught_courses = TaughtCourses(units, at_once, gateways)
        self.offer_rubric = OfferRubric(units, at_once, gateways)
        self.place_rubric = PlaceRubric(units, at_once, clock, gateways)
        self.begin_import = BeginImport(units, clock, CountedIds("import"))
        book = ImportBook(units, at_once, clock, CountedIds("case"))
        self.read_lms_scores = ReadLmsScores(book, gateways, self.room.nap)
        self.import_choices = ImportChoices(units)
        self.import_preview = ImportPreview(units)
        self.apply_import = ApplyImport(units, clock)
        replay_imports = ReplayImports(units, ReplayImport(units, clock))
        self.replay_queue = ReplayQueue(units, clock, replay_imports)

    def _scorecards(self) -> None:
        units, clock = self.room.units, self.room.clock
        self.make_download = MakeDownload(units, clock, write_pdf, write_workbook, write_csv)
        self.downloads_page = DownloadsPage(units)
        self.preview_scorecard = PreviewScorecard(units)
        self.record_scores = RecordScores(units, clock)

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

    def authorised(self) -> str:
        """Tess administers the root account in Canvas and has authorised for it; its number."""
        room = self.house.room
        room.lms.state.outcomes.given_admin(ROOT, room.teacher)
        with self.units() as unit:
            site = unit.sites.named("main")
            assert site is not None
            unit.sites.save(replace(site, account_ref=ROOT))
            unit.pairings.save_account(an_account_authorisation("tess", account_ref=ROOT))
            unit.commit()
        return ROOT

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
