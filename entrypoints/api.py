"""The use cases of the API and its tokens: one line each."""

from application.later import imported_later
from entrypoints.evidence import EvidenceDesk
from entrypoints.needs import Needs, Use

with imported_later(__name__):
    from application.queries.access.token_list import ListTokens, TokenOrgs
    from application.queries.evidence.evidence_records import EvidenceRecords
    from application.queries.improvement.improvement_records import (
        ActionPlanRecords,
        AskRecords,
        RfiRecords,
    )
    from application.queries.lists.listed_records import FindRecord, ListRecords
    from application.queries.people.person_by_tech_id import PersonByTechId
    from application.queries.student_work.dla_records import AssignedRecords, DlaRecords
    from application.queries.student_work.self_assessment_records import SelfAssessmentRecords
    from application.use_cases.access.api_tokens import MakeToken, RevokeToken
    from application.use_cases.access.use_token import UseToken
    from application.use_cases.assessments.import_assessments import ImportAssessments
    from application.use_cases.assessments.write_assessment import WriteAssessment
    from application.use_cases.slos.import_slos import ImportSlos
    from application.use_cases.slos.write_slo import WriteSlo

units = Needs.units
clock = Needs.clock
new_id = Needs.new_id
new_secret = Needs.new_secret


class Api(Needs):
    """What programs use, and how they are let in; a page or command asks by the name."""

    make_token = Use(MakeToken, units=units, clock=clock, new_id=new_id, new_secret=new_secret)
    list_tokens = Use(ListTokens, units=units, clock=clock)
    token_orgs = Use(TokenOrgs, units=units)
    revoke_token = Use(RevokeToken, units=units, clock=clock)
    use_token = Use(UseToken, units=units, clock=clock)
    person_by_tech_id = Use(PersonByTechId, units=units)
    list_records = Use(ListRecords, units=units)
    find_record = Use(FindRecord, list_records=list_records)
    action_plan_records = Use(ActionPlanRecords, units=units)
    rfi_records = Use(RfiRecords, units=units, clock=clock)
    ask_records = Use(AskRecords, units=units, clock=clock)
    dla_records = Use(DlaRecords, units=units)
    assigned_records = Use(AssignedRecords, units=units, clock=clock)
    self_assessment_records = Use(SelfAssessmentRecords, units=units)
    evidence_records = Use(EvidenceRecords, units=units, doors=EvidenceDesk.evidence_doors)
    write_slo = Use(
        WriteSlo, units=units, import_slos=Use(ImportSlos, units=units, clock=clock, new_id=new_id)
    )
    write_assessment = Use(
        WriteAssessment,
        units=units,
        import_assessments=Use(ImportAssessments, units=units, clock=clock, new_id=new_id),
    )
