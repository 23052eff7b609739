"""The use cases with their parts: one line each, a table of contents of the server."""

from application.later import imported_later
from entrypoints.api import Api
from entrypoints.assessments import Assessments
from entrypoints.desk import Desk
from entrypoints.downloads import Downloads
from entrypoints.evaluation import Evaluation
from entrypoints.evidence import EvidenceDesk
from entrypoints.exchange import Exchange
from entrypoints.identity_console import IdentityConsole
from entrypoints.improvement import Improvement
from entrypoints.loads import Loads
from entrypoints.needs import Needs, Use
from entrypoints.outcomes import Outcomes
from entrypoints.people import People
from entrypoints.portfolio import Portfolios
from entrypoints.reports import Reports
from entrypoints.student_work import StudentWork

with imported_later(__name__):
    from adapters.inbound.http.access.launches import LaunchDoor
    from adapters.inbound.http.access.selection import SelectionReply
    from adapters.inbound.lti.public_url import PublicAddress
    from adapters.inbound.lti.verifier import LaunchVerifier
    from application.queries.assessments.assessment_forms import FindAssessment, NewAssessmentForm
    from application.queries.assessments.assessment_list import AssessmentList
    from application.queries.lms.authorisation_page import AuthorisationPage
    from application.queries.lms.links_page import CopyOffers, LinksPage
    from application.queries.scoring.reflection_page import ReflectionPage
    from application.queries.scoring.rubric_page import RubricPage
    from application.queries.scoring.scorecard_page import ScorecardPage
    from application.queries.settings.audit_trail import ReadAudit, VerifyAudit
    from application.queries.student_work.student_page import MyWorkList, StudentPage
    from application.use_cases.access.accept_launch import AcceptLaunch
    from application.use_cases.access.sessions import (
        ChangeRole,
        ContinueSession,
        OpenWindow,
        SignOut,
    )
    from application.use_cases.access.spend_code import SpendCode
    from application.use_cases.assessments.create_assessment import CreateAssessment
    from application.use_cases.assessments.import_assessments import ImportAssessments
    from application.use_cases.assessments.plan_assessment import PlanAssessment
    from application.use_cases.lms.authorise import BeginConsent, FinishConsent
    from application.use_cases.lms.authorise_account import AuthoriseAccount
    from application.use_cases.lms.consumer_keys import (
        ListConsumerKeys,
        NewConsumerKey,
        RevokeConsumerKey,
        RotateConsumerKey,
        ShowSharedSecret,
    )
    from application.use_cases.lms.link_assessment import LinkAssessment, Relink, Unlink
    from application.use_cases.lms.lms_sites import ConfigureSite, ListSites
    from application.use_cases.lms.lti_switch import ReadLtiSwitch, SetLtiSwitch
    from application.use_cases.lms.revoke_authorisation import RevokeAccount, RevokeAuthorisation
    from application.use_cases.scoring.record_scores import RecordScores
    from application.use_cases.scoring.reflect import Reflect
    from application.use_cases.scoring.release_results import ReleaseResults
    from application.use_cases.scoring.set_own_grade import SetOwnGrade

units = Needs.units
clock = Needs.clock
new_id = Needs.new_id
new_secret = Needs.new_secret
sealer = Needs.sealer
transact = Needs.transact
lms = Needs.lms
consumer_secrets = Needs.consumer_secrets
nonces = Needs.nonces
settings = Needs.settings
base_url = Needs.base_url
redirect_uri = Needs.redirect_uri
agents = Needs.agents


class UseCases(
    Exchange,
    Desk,
    Loads,
    People,
    Outcomes,
    Assessments,
    Api,
    IdentityConsole,
    StudentWork,
    Downloads,
    EvidenceDesk,
    Evaluation,
    Portfolios,
    Reports,
    Improvement,
):
    """What the house offers; a page or command asks by the name on the left."""

    # Launch and sign-in
    address = Use(PublicAddress, base_url=base_url)
    verify_launch = Use(
        LaunchVerifier,
        secrets=consumer_secrets,
        nonces=nonces,
        clock=clock,
        max_age=settings.provided.launch_max_age,
        max_ahead=settings.provided.launch_max_ahead,
    )
    accept_launch = Use(
        AcceptLaunch, units=units, clock=clock, new_id=new_id, new_secret=new_secret
    )
    read_lti_switch = Use(ReadLtiSwitch, units=units)
    launch_door = Use(
        LaunchDoor,
        is_enabled=read_lti_switch,
        verify=verify_launch,
        accept=accept_launch,
        address=address,
    )
    continue_session = Use(ContinueSession, units=units, clock=clock)
    spend_code = Use(SpendCode, units=units, clock=clock, new_secret=new_secret)
    open_window = Use(OpenWindow, units=units, clock=clock, new_secret=new_secret)
    change_role = Use(ChangeRole, units=units, clock=clock)
    sign_out = Use(SignOut, units=units, clock=clock)

    # Consent in the LMS
    authorisation_page = Use(AuthorisationPage, units=units)
    begin_consent = Use(
        BeginConsent,
        units=units,
        clock=clock,
        sealer=sealer,
        new_secret=new_secret,
        lms=lms,
        redirect_uri=redirect_uri,
    )
    authorise_account = Use(
        AuthoriseAccount, units=units, transact=transact, clock=clock, agents=agents
    )
    finish_consent = Use(
        FinishConsent,
        units=units,
        transact=transact,
        clock=clock,
        sealer=sealer,
        new_id=new_id,
        sign_in_person=People.sign_in_person,
        lms=lms,
        redirect_uri=redirect_uri,
        authorise_account=authorise_account,
    )
    revoke_authorisation = Use(
        RevokeAuthorisation, units=units, transact=transact, clock=clock, sealer=sealer, lms=lms
    )
    revoke_account = Use(RevokeAccount, units=units, clock=clock)

    # Assessments and links
    assessment_list = Use(AssessmentList, units=units, clock=clock)
    new_assessment_form = Use(NewAssessmentForm, units=units)
    create_assessment = Use(CreateAssessment, units=units, clock=clock, new_id=new_id)
    find_assessment = Use(FindAssessment, units=units)
    plan_assessment = Use(PlanAssessment, units=units, clock=clock, new_id=new_id)
    link_assessment = Use(LinkAssessment, units=units, clock=clock, new_id=new_id)
    unlink = Use(Unlink, units=units, clock=clock)
    relink = Use(Relink, units=units, clock=clock, new_id=new_id)
    links_page = Use(LinksPage, units=units)
    copy_offers = Use(CopyOffers, units=units)
    selection_reply = Use(
        SelectionReply,
        base_url=base_url,
        secrets=consumer_secrets,
        clock=clock,
        new_secret=new_secret,
    )

    # Scoring
    rubric_page = Use(RubricPage, units=units)
    scorecard_page = Use(ScorecardPage, units=units)
    record_scores = Use(RecordScores, units=units, clock=clock)
    set_own_grade = Use(SetOwnGrade, units=units, clock=clock)
    release_results = Use(ReleaseResults, units=units, clock=clock)
    reflection_page = Use(ReflectionPage, units=units)
    reflect = Use(Reflect, units=units, clock=clock)
    student_page = Use(StudentPage, units=units, clock=clock)
    my_work_list = Use(MyWorkList, units=units)

    # The Data Steward's desk
    set_lti_switch = Use(SetLtiSwitch, units=units, clock=clock)
    list_consumer_keys = Use(ListConsumerKeys, units=units, clock=clock)
    new_consumer_key = Use(
        NewConsumerKey, units=units, clock=clock, sealer=sealer, new_secret=new_secret
    )
    show_shared_secret = Use(ShowSharedSecret, units=units, clock=clock, sealer=sealer)
    rotate_consumer_key = Use(
        RotateConsumerKey, units=units, clock=clock, sealer=sealer, new_secret=new_secret
    )
    revoke_consumer_key = Use(RevokeConsumerKey, units=units, clock=clock)
    list_sites = Use(ListSites, units=units)
    configure_site = Use(ConfigureSite, units=units, clock=clock, sealer=sealer, new_id=new_id)
    read_audit = Use(ReadAudit, units=units)
    verify_audit = Use(VerifyAudit, units=units)
    import_assessments = Use(ImportAssessments, units=units, clock=clock, new_id=new_id)
