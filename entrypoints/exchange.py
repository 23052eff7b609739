"""The use cases that speak with the LMS: one line each."""

from application.later import imported_later
from entrypoints.needs import Needs, Use

with imported_later(__name__):
    from adapters.inbound.http.lms.imports import ImportDesk
    from adapters.inbound.http.outcomes.lms_rubric import RubricDesk
    from adapters.inbound.http.outcomes.outcome_runs import RunDesk
    from adapters.inbound.http.outcomes.outcome_sync import SyncDesk
    from adapters.inbound.http.outcomes.work_outcomes import WorkOutcomesDesk
    from application.doctor.examine import Examine, ProbeSites
    from application.doctor.installation import Installation
    from application.doctor.live import LiveChecks
    from application.doctor.probe import Probe
    from application.outcome_sync.book import SyncBook
    from application.outcome_sync.place_agents import PlaceAgents
    from application.queries.access.acting_viewer import ActingViewer
    from application.queries.outcome_sync.outcome_choices import OutcomeChoices
    from application.queries.outcome_sync.sync_report import ReadSyncReport
    from application.queries.outcome_sync.sync_runs import ListSyncRuns
    from application.queries.outcome_sync.sync_scopes import SyncScopes
    from application.queries.score_import.import_choices import ImportChoices
    from application.queries.score_import.import_preview import ImportPreview
    from application.queries.score_import.work_imports import WorkImports
    from application.queries.sending.send_report import ReadSendReport
    from application.queries.works.import_marks import ImportMarks
    from application.queries.works.work_header import ReadWorkHeader
    from application.score_import.book import ImportBook
    from application.sending.delivery_book import DeliveryBook
    from application.use_cases.lms.authorise_account import ChooseAccount
    from application.use_cases.lms.choose_course import RememberCourse, TaughtCourses
    from application.use_cases.lms.offer_destinations import OfferDestinations
    from application.use_cases.lms.pair_orgs import AcceptSuggestions, ListOrgPairings, PairOrg
    from application.use_cases.lms.read_accounts import ReadAccounts
    from application.use_cases.outcome_sync.map_outcome import MapOutcome
    from application.use_cases.outcome_sync.place_rubric import OfferRubric, PlaceRubric
    from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomes
    from application.use_cases.outcome_sync.publish_outcomes import PublishOutcomes
    from application.use_cases.outcome_sync.retry_sync import RetrySync, StopSync
    from application.use_cases.outcome_sync.sync_outcomes import SyncOutcomes
    from application.use_cases.outcome_sync.undo_sync import UndoSync
    from application.use_cases.score_import.apply_import import ApplyImport
    from application.use_cases.score_import.begin_import import BeginImport, RetryImport
    from application.use_cases.score_import.read_scores import ReadLmsScores
    from application.use_cases.score_import.schedule_import import (
        RefreshDue,
        RefreshScores,
        SetRefresh,
    )
    from application.use_cases.score_import.undo_import import UndoImport
    from application.use_cases.sending.deliver_scores import DeliverScores
    from application.use_cases.sending.retry_send import CheckSend, RetrySend
    from application.use_cases.sending.send_scores import PlanSend, SendScores

units = Needs.units
clock = Needs.clock
new_id = Needs.new_id
sealer = Needs.sealer
transact = Needs.transact
pause = Needs.pause
lms = Needs.lms
jobs = Needs.jobs
base_url = Needs.base_url
redirect_uri = Needs.redirect_uri
schema_is_current = Needs.schema_is_current
workers_alive = Needs.workers_alive
gateways = Needs.gateways
agents = Needs.agents


class Exchange(Needs):
    """Places, grades, outcomes, rubrics and scores; a page or command asks by the name."""

    # Places in the LMS
    choose_account = Use(ChooseAccount, units=units, clock=clock)
    read_accounts = Use(ReadAccounts, agents=agents)
    list_org_pairings = Use(
        ListOrgPairings, units=units, transact=transact, read_accounts=read_accounts
    )
    pair_org = Use(
        PairOrg, units=units, transact=transact, clock=clock, read_accounts=read_accounts
    )
    accept_suggestions = Use(
        AcceptSuggestions,
        units=units,
        transact=transact,
        clock=clock,
        list_org_pairings=list_org_pairings,
    )
    taught_courses = Use(TaughtCourses, units=units, transact=transact, gateways=gateways)
    remember_course = Use(RememberCourse, units=units, clock=clock)
    read_work_header = Use(ReadWorkHeader, units=units)

    # Sending
    book = Use(DeliveryBook, units=units, transact=transact, clock=clock)
    plan_send = Use(PlanSend, units=units, transact=transact, gateways=gateways)
    send_scores = Use(
        SendScores, units=units, transact=transact, clock=clock, new_id=new_id, plan=plan_send
    )
    deliver_scores = Use(DeliverScores, book=book, gateways=gateways, pause=pause)
    read_send_report = Use(ReadSendReport, units=units)
    retry_send = Use(RetrySend, units=units, clock=clock, jobs=jobs)
    check_send = Use(CheckSend, units=units, transact=transact, gateways=gateways, book=book)

    # Outcomes in the LMS
    place_agents = Use(PlaceAgents, agents=agents)
    sync_book = Use(SyncBook, units=units, transact=transact, clock=clock, new_id=new_id)
    sync_scopes = Use(SyncScopes, units=units)
    acting_viewer = Use(ActingViewer, units=units)
    outcome_choices = Use(OutcomeChoices, sync_scopes=sync_scopes)
    offer_destinations = Use(OfferDestinations, read_accounts=read_accounts)
    plan_outcomes = Use(PlanOutcomes, units=units, transact=transact, agents=place_agents)
    sync_outcomes = Use(
        SyncOutcomes,
        units=units,
        transact=transact,
        clock=clock,
        new_id=new_id,
        plan=plan_outcomes,
    )
    publish_outcomes = Use(PublishOutcomes, book=sync_book, agents=place_agents, pause=pause)
    read_sync_report = Use(ReadSyncReport, units=units)
    list_sync_runs = Use(ListSyncRuns, units=units)
    stop_sync = Use(StopSync, units=units, clock=clock, jobs=jobs)
    retry_sync = Use(RetrySync, units=units, clock=clock, jobs=jobs)
    undo_sync = Use(UndoSync, units=units, clock=clock, new_id=new_id)
    sync_desk = Use(
        SyncDesk,
        outcome_choices=outcome_choices,
        offer_destinations=offer_destinations,
        plan_outcomes=plan_outcomes,
        transact=transact,
    )
    run_desk = Use(RunDesk, read_sync_report=read_sync_report, jobs=jobs)
    work_outcomes_desk = Use(
        WorkOutcomesDesk,
        read_work_header=read_work_header,
        taught_courses=taught_courses,
        plan_outcomes=plan_outcomes,
        transact=transact,
    )

    # Grading in the LMS
    offer_rubric = Use(OfferRubric, units=units, transact=transact, gateways=gateways)
    place_rubric = Use(PlaceRubric, units=units, transact=transact, clock=clock, gateways=gateways)
    rubric_desk = Use(
        RubricDesk,
        read_work_header=read_work_header,
        taught_courses=taught_courses,
        offer_rubric=offer_rubric,
        transact=transact,
    )

    # Importing
    import_book = Use(ImportBook, units=units, transact=transact, clock=clock, new_id=new_id)
    begin_import = Use(BeginImport, units=units, clock=clock, new_id=new_id)
    retry_import = Use(RetryImport, units=units, jobs=jobs)
    read_lms_scores = Use(ReadLmsScores, book=import_book, gateways=gateways, pause=pause)
    import_choices = Use(ImportChoices, units=units)
    import_preview = Use(ImportPreview, units=units)
    import_marks = Use(ImportMarks, units=units)
    work_imports = Use(WorkImports, units=units)
    apply_import = Use(ApplyImport, units=units, clock=clock)
    import_desk = Use(
        ImportDesk, import_choices=import_choices, import_preview=import_preview, jobs=jobs
    )
    undo_import = Use(UndoImport, units=units, clock=clock)
    map_outcome = Use(MapOutcome, units=units, clock=clock, new_id=new_id)
    set_refresh = Use(SetRefresh, units=units, clock=clock)
    refresh_due = Use(RefreshDue, units=units, clock=clock, new_id=new_id)
    refresh_scores = Use(
        RefreshScores, reader=read_lms_scores, apply=apply_import, units=units, transact=transact
    )

    # The doctor
    live_checks = Use(
        LiveChecks, agents=agents, lms=lms, sealer=sealer, clock=clock, redirect_uri=redirect_uri
    )
    examine = Use(
        Examine,
        units=units,
        transact=transact,
        installation=Use(
            Installation,
            clock=clock,
            sealer=sealer,
            jobs=jobs,
            base_url=base_url,
            schema_is_current=schema_is_current,
            workers_alive=workers_alive,
        ),
        live=live_checks,
    )
    probe_sites = Use(
        ProbeSites,
        units=units,
        transact=transact,
        probe=Use(Probe, live=live_checks, new_id=new_id),
    )
