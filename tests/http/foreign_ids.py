"""Which record each parameter of a path names: one of one's own, and one that is another's.

Own is English, where `tess` teaches Ana and Ben and `cora` coordinates; the other is history,
where `hugo` teaches Zoe and `cody` coordinates. A new route whose parameter
stands behind a new path is named here, with its record stored in `store_others`; the walk
fails until it is.
"""

from dataclasses import dataclass, replace

from application.ports.unit_of_work import UnitOfWork
from application.scorecards.wanted import FileFormat, Subject, Wanted
from application.use_cases.scoring.release_results import ReleaseResultsCommand
from domain.access import Role
from domain.evidence import EvidenceTarget
from domain.ids import (
    LinkId,
    OrgId,
    PersonId,
    ReflectionTemplateId,
    SectionAssessmentId,
    SectionId,
    SloId,
)
from domain.improvement.action_plan import OwnerKind, PlanOwner
from domain.planning import PlanTarget, TargetKind
from domain.reflection import CollegeTemplate, asking
from domain.rubric import Rubric
from entrypoints.containers import UseCases
from tests.builders import (
    a_delivery,
    a_dla,
    a_person,
    a_role_grant,
    a_self_assessment,
    a_send,
    a_site,
    an_assigned_dla,
    an_own_grade,
)
from tests.evidence_builders import evidence
from tests.exchange_builders import a_sync_run
from tests.improvement_builders import a_question_template, an_action_plan, an_ask, an_rfi
from tests.planning_builders import a_plan, a_round
from tests.portfolio_builders import a_collection

ESSAY, QUIZ = SectionAssessmentId("work-essay"), SectionAssessmentId("work-quiz")
THERE = SectionId("section-hist1-01")
HUGO, ZOE = PersonId("person-hugo"), PersonId("person-zoe")
ENGLISH, HISTORY = OrgId("org-english"), OrgId("org-history")
CODY = PersonId("person-cody")
ANA, BEN = PersonId("person-ana"), PersonId("person-ben")


@dataclass(frozen=True, slots=True)
class Named:
    """`own` belongs to English, `foreign` to history; both are stored."""

    own: str
    foreign: str


RECORDS = {
    "/works/{}": Named("work-essay", "work-quiz"),
    "/sends/{}": Named("send-first", "send-quiz"),
    "/imports/{}": Named("import-one", "import-two"),
    "/links/{}": Named("link-essay", "link-quiz"),
    "/outcomes/runs/{}": Named("run-one", "run-two"),
    "/dlas/{}": Named("dla-thesis", "dla-past"),
    "/dlas/assigned/{}": Named("assigned-thesis-ana", "assigned-past-zoe"),
    "/mine/dlas/{}": Named("assigned-thesis-ana", "assigned-past-zoe"),
    "/action-plans/{}": Named("action-plan-thesis", "action-plan-past"),
    "/rfis/asks/{}": Named("ask-hours-tess", "ask-hours-hugo"),
    "/calendar/works/{}": Named("work-essay", "work-quiz"),
    "/slos/{}": Named("slo-thesis", "slo-past"),
    "/library/{}": Named("assessment-essay", "assessment-quiz"),
    "/plans/{}": Named("plan-essay", "plan-quiz"),
    "/reflections/templates/{}": Named("reflecting-here", "reflecting-there"),
    "/reminders/{}": Named("round-first", "round-past"),
    "/rfis/{}": Named("rfi-hours", "rfi-past"),
    "/question-templates/{}": Named("template-change", "template-past"),
    "/portfolio/{}": Named("collection-writing", "collection-past"),
    "/evidence/{}": Named("evidence-draft", "evidence-past"),
    "/api/v1/sections/{}": Named("section-engl101-01", "section-hist1-01"),
    "/api/v1/people/{}": Named("person-ana", "person-zoe"),
    "/api/v1/enrolments/{}": Named(
        "enrolment-ana-engl101-01-student", "enrolment-zoe-hist1-01-student"
    ),
    "/api/v1/slos/{}": Named("slo-thesis", "slo-past"),
    "/api/v1/assessments/{}": Named("assessment-essay", "assessment-quiz"),
    "/api/v1/section-assessments/{}": Named("work-essay", "work-quiz"),
    "/api/v1/links/{}": Named("link-essay", "link-quiz"),
    "/api/v1/sync-runs/{}": Named("run-one", "run-two"),
    "/api/v1/import-runs/{}": Named("import-one", "import-two"),
    "/api/v1/sends/{}": Named("send-first", "send-quiz"),
    "/api/v1/dlas/{}": Named("dla-thesis", "dla-past"),
    "/api/v1/assigned-dlas/{}": Named("assigned-thesis-ana", "assigned-past-zoe"),
    "/api/v1/evidence/{}": Named("evidence-draft", "evidence-past"),
    "/api/v1/action-plans/{}": Named("action-plan-thesis", "action-plan-past"),
    "/api/v1/rfis/{}": Named("rfi-hours", "rfi-past"),
    "/api/v1/rfi-asks/{}": Named("ask-hours-tess", "ask-hours-hugo"),
}
"""By the path up to the parameter; parameters before it are written `{}` too."""
COMMON = {
    "/window/{}": "a single-use code, no record",
    "/authorise/window/{}": "an LMS site, which serves the whole college",
    "/api/v1/orgs/{}": "everybody sees all orgs",
    "/api/v1/terms/{}": "everybody sees all terms",
    "/api/v1/courses/{}": "everybody sees all courses",
    "/api/v1/scales/{}": "everybody sees all scales",
}
"""Parameters that name nobody's own, with the reason."""
ELSEWHERE = {
    "/downloads/{}": "kept as a file",
    "/portfolio/credentials/{}": "a number that is told by one's own results",
}
"""Parameters whose records are not stored here, with the reason; `made_by_others` makes them."""
NEIGHBOURS = {
    "/portfolio/{}": "collection-bens",
    "/evidence/{}": "evidence-bens",
    "/mine/dlas/{}": "assigned-thesis-ben",
    "/api/v1/assigned-dlas/{}": "assigned-thesis-ben",
    "/api/v1/evidence/{}": "evidence-bens",
    "/api/v1/people/{}": "person-ben",
    "/api/v1/enrolments/{}": "enrolment-ben-engl101-01-student",
}
"""What belongs to Ben, who sits in Ana's section, by paths that students may open."""
SEEN_BY_KEEPERS = {"/slos/{}"}
"""Whoever keeps outcomes reads the SLOs of all orgs on pages, since theirs map to them."""
LOOKED_AT = {"GET /library/{assessment_id:str}/edit"}
"""Faculty did not offer it: who keeps its org looks, and copies it to change it."""
WITHOUT_FILE = {
    "GET /evidence/{evidence_id:str}/file", "GET /api/v1/evidence/{evidence_id:str}/file"
}  # fmt: skip
"""No file lies behind the records here: tests.http.test_evidence_pages sees its owner open one."""
UPLOADS = {
    "POST /api/v1/section-assessments/{work_id:str}/evidence/files",
    "POST /api/v1/action-plans/{plan_id:str}/evidence/files",
    "POST /api/v1/assigned-dlas/{assigned_id:str}/evidence/files",
}
"""Calls whose body is a form with a file."""
BODIES: dict[str, dict[str, object]] = {
    "PATCH /works/{work_id:str}/scores": {"changes": []},
    "PATCH /api/v1/section-assessments/{work_id:str}/scores": {
        "scores": [{"studentId": "person-zoe", "rowId": "row-thesis", "value": "3", "version": 0}]
    },
    "POST /api/v1/section-assessments/{work_id:str}/sends": {},
    "PUT /api/v1/section-assessments/{work_id:str}/self-assessment": {"scores": []},
    "POST /api/v1/section-assessments/{work_id:str}/evidence": {"url": "https://example.edu/"},
    "PUT /api/v1/dlas/{dla_id:str}": {"title": "Theses", "instructions": "Write three."},
    "POST /api/v1/dlas/{dla_id:str}/assignments": {
        "sectionId": "section-engl101-01",
        "studentIds": ["person-ana"],
    },
    "PUT /api/v1/assigned-dlas/{assigned_id:str}": {"text": "Mine."},
    "POST /api/v1/assigned-dlas/{assigned_id:str}/decision": {"decision": "accept"},
    "PUT /api/v1/evidence/{evidence_id:str}": {"title": "Mine"},
    "PUT /api/v1/evidence/{evidence_id:str}/state": {"state": "retired"},
    "PUT /api/v1/action-plans/{plan_id:str}": {"who": "All of us."},
    "POST /api/v1/action-plans/{plan_id:str}/moves": {"move": "withdraw"},
    "POST /api/v1/action-plans/{plan_id:str}/follow-up": {
        "sloId": "slo-thesis",
        "sectionAssessmentId": "work-essay",
        "result": "Better.",
    },
    "POST /api/v1/action-plans/{plan_id:str}/evidence": {"url": "https://example.edu/"},
    "PUT /api/v1/rfi-asks/{ask_id:str}": {"answers": []},
    "PUT /api/v1/rfis/{rfi_id:str}/closed": {"closed": True},
    "PUT /api/v1/slos/{slo_id:str}": {
        "code": "PAST",
        "title": "Mine",
        "statement": "All mine.",
        "courseId": "course-engl101",
    },
    "PUT /api/v1/assessments/{assessment_id:str}": {
        "code": "QUIZ",
        "name": "Mine",
        "scaleId": "scale-four",
        "pointsPossible": "10",
    },
}
"""JSON that a route wants before it looks for the record; pages take an empty form."""
FIELDS = {
    "POST /works/{work_id:str}/downloads": {"subject": "rubric", "format": "pdf"},
    "GET /works/{work_id:str}/downloads/file": {"subject": "rubric", "format": "csv"},
}
"""What a page's form or address says besides, where it is read before the record."""


def made_by_others(
    use_cases: UseCases, hugo: PersonId, zoe: PersonId, work_id: str
) -> dict[str, str]:
    """A download of `hugo`'s and a credential of `zoe`'s, for the paths of `ELSEWHERE`."""
    quiz = SectionAssessmentId(work_id)
    use_cases.release_results()(ReleaseResultsCommand(hugo, quiz, released=True))
    wanted = Wanted(Subject.SCORECARD, FileFormat.PDF, completed=True)
    (credential,) = use_cases.own_credentials()(zoe)
    return {
        "/downloads/{}": use_cases.ask_for_download()(hugo, quiz, wanted),
        "/portfolio/credentials/{}": credential.number,
    }


def store_others(unit: UnitOfWork) -> None:
    """Beside what the API's college has: one record of each kind, here and in history."""
    unit.roster.grant(a_role_grant("hugo", role=Role.FACULTY))
    unit.roster.grant(a_role_grant("zoe", role=Role.STUDENT))
    site = a_site()
    if unit.sites.named(site.name) is None:
        unit.sites.save(site)
    for work_id, slo_id in ((ESSAY, SloId("slo-thesis")), (QUIZ, SloId("slo-past"))):
        one = unit.assessments.get(unit.assessments.work(work_id).assessment_id)
        rows = tuple(replace(row, slo_ids=(slo_id,)) for row in one.rubric.criteria)
        wanted = replace(one, rubric=Rubric(rows), reflection=asking("What next?"))
        unit.assessments.save(wanted)
    unit.sync_runs.save(a_sync_run("two", requested_by=HUGO, work_id=QUIZ))
    unit.deliveries.save_send(a_send())
    unit.deliveries.save_send(a_send("quiz", link_id=LinkId("link-quiz"), requested_by=HUGO))
    unit.deliveries.save([a_delivery("zoe", "quiz", link_id=LinkId("link-quiz"))])
    unit.dlas.save(a_dla())
    unit.dlas.save(a_dla("past", owner_id=HUGO, slo_id=SloId("slo-past")))
    zoes = an_assigned_dla("zoe", "past", section_id=THERE, work_id=QUIZ)
    unit.dlas.save_assigned([an_assigned_dla(), an_assigned_dla("ben"), zoes])
    unit.self_assessments.save(a_self_assessment("zoe", section_assessment_id=QUIZ))
    unit.scores.save_own_grade(an_own_grade("zoe", section_assessment_id=QUIZ))
    _store_improvement(unit)
    _store_planning(unit)
    _store_students_own(unit)


def _store_improvement(unit: UnitOfWork) -> None:
    there = PlanOwner(OwnerKind.SECTION, THERE)
    unit.action_plans.save(an_action_plan())
    past = (SloId("slo-past"),)
    unit.action_plans.save(an_action_plan("past", owner=there, slo_ids=past, org_id=HISTORY))
    unit.rfis.save(an_rfi())
    unit.rfis.save(an_rfi("past", org_id=HISTORY, sent_by=CODY))
    unit.rfis.save_asks([an_ask("tess"), an_ask("hugo")])
    unit.question_templates.save(a_question_template(org_id=ENGLISH))
    unit.question_templates.save(a_question_template("past", org_id=HISTORY))


def _store_planning(unit: UnitOfWork) -> None:
    unit.roster.put_people([a_person("cody")])
    unit.roster.grant(a_role_grant("cody", role=Role.COORDINATOR, org_id=HISTORY))
    quiz = unit.assessments.work(QUIZ).assessment_id
    target = PlanTarget(TargetKind.COURSES, ("course-hist1",))
    unit.plans.save(a_plan())
    unit.plans.save(a_plan("quiz", assessment_id=quiz, target=target, made_by=CODY))
    unit.reminders.save_round(a_round())
    unit.reminders.save_round(a_round("past", asked_by=CODY))
    for key, org in (("here", ENGLISH), ("there", HISTORY)):
        template_id = ReflectionTemplateId(f"reflecting-{key}")
        one = CollegeTemplate(template_id, key, org, asking("Why?"), retired=False, version=0)
        unit.reflections.save_template(one)


def _store_students_own(unit: UnitOfWork) -> None:
    unit.portfolios.save(a_collection())
    unit.portfolios.save(a_collection("bens", owner_id=BEN))
    unit.portfolios.save(a_collection("past", owner_id=ZOE))
    for key, work_id, who in (("draft", ESSAY, ANA), ("bens", ESSAY, BEN), ("past", QUIZ, ZOE)):
        unit.evidence.save(evidence(key, target=EvidenceTarget.result(work_id, who), owner_id=who))
