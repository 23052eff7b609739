"""What the scoring pages ask for by name, over any units."""

from adapters.inbound.http.supplies import Provider
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.assessments.assessment_forms import FindAssessment, NewAssessmentForm
from application.queries.assessments.assessment_list import AssessmentList
from application.queries.lms.link_offers import LinkOffers
from application.queries.lms.links_page import CopyOffers
from application.queries.scoring.reflection_page import ReflectionPage
from application.queries.scoring.release_page import ReleasePage
from application.queries.scoring.rubric_page import RubricPage
from application.queries.scoring.scorecard_page import ScorecardPage
from application.queries.student_work.my_results import MyResults
from application.queries.student_work.student_page import MyWorkList, StudentPage
from application.use_cases.assessments.create_assessment import CreateAssessment
from application.use_cases.assessments.plan_assessment import PlanAssessment
from application.use_cases.scoring.record_scores import RecordScores
from application.use_cases.scoring.reflect import Reflect
from application.use_cases.scoring.release_results import ReleaseResults
from application.use_cases.scoring.set_own_grade import SetOwnGrade
from tests.stand_ins import CountedIds


def scoring_providers(units: UnitOfWorkFactory, clock: Clock) -> dict[str, Provider]:
    new_id = CountedIds("made")
    made: dict[str, object] = {
        "assessment_list": AssessmentList(units, clock),
        "copy_offers": CopyOffers(units),
        "new_assessment_form": NewAssessmentForm(units),
        "find_assessment": FindAssessment(units),
        "create_assessment": CreateAssessment(units, clock, new_id),
        "plan_assessment": PlanAssessment(units, clock, new_id),
        "rubric_page": RubricPage(units),
        "scorecard_page": ScorecardPage(units),
        "record_scores": RecordScores(units, clock),
        "set_own_grade": SetOwnGrade(units, clock),
        "release_results": ReleaseResults(units, clock),
        "release_page": ReleasePage(units),
        "my_results": MyResults(units),
        "reflection_page": ReflectionPage(units),
        "link_offers": LinkOffers(units),
        "reflect": Reflect(units, clock),
        "student_page": StudentPage(units, clock),
        "my_work_list": MyWorkList(units),
    }
    return {name: _handing_out(one) for name, one in made.items()}


def _handing_out(one: object) -> Provider:
    return lambda: one
