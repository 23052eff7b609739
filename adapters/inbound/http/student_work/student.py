"""The student's side: their assessments, the rubric in words, and released levels."""

from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromPath

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import Visit
from application.queries.student_work.my_results import MyResults, SloResults
from application.queries.student_work.student_page import MyWork, MyWorkList, StudentPage
from domain.access import Right
from domain.ids import SectionAssessmentId


@dataclass(frozen=True, slots=True)
class MineModel:
    works: tuple[MyWork, ...]


@dataclass(frozen=True, slots=True)
class ResultsModel:
    slos: tuple[SloResults, ...]


@get("/mine", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def my_list(visit: Injected[Visit], my_work_list: Injected[MyWorkList]) -> Response[str]:
    return page(visit, "mine.html", MineModel(my_work_list(visit.person_id)))


@get("/works/{work_id:str}/mine", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def my_page(
    work_id: FromPath[str], visit: Injected[Visit], student_page: Injected[StudentPage]
) -> Response[str]:
    view = student_page(visit.person_id, SectionAssessmentId(work_id))
    return page(visit, "student.html", view)


@get("/mine/results", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def results(visit: Injected[Visit], my_results: Injected[MyResults]) -> Response[str]:
    """Own results over time, of what is released."""
    return page(visit, "my-results.html", ResultsModel(my_results(visit.person_id)))


ROUTES = (my_list, my_page, results)
