"""Release of results to the students of a section: what would be shown, the deed, its undoing."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.queries.scoring.release_page import ReleasePage, ReleaseView
from application.use_cases.scoring.release_results import ReleaseResults, ReleaseResultsCommand
from domain.access import Right
from domain.ids import SectionAssessmentId

_SAID = {
    "released": "Released. Students see their own levels and comments from now on.",
    "hidden": "Hidden again. Students see no results of this assessment.",
}


@dataclass(frozen=True, slots=True)
class ReleaseModel:
    view: ReleaseView
    said: str = ""


@get("/works/{work_id:str}/release", right=Right.TEACH, sync_to_thread=True)
def show(
    work_id: FromPath[str],
    visit: Injected[Visit],
    release_page: Injected[ReleasePage],
    done: FromQuery[str] = "",
) -> Response[str]:
    view = release_page(visit.person_id, SectionAssessmentId(work_id))
    return page(visit, "release.html", ReleaseModel(view, _SAID.get(done, "")))


@post("/works/{work_id:str}/release", right=Right.TEACH, sync_to_thread=True)
def release(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    release_results: Injected[ReleaseResults],
) -> Redirect:
    released = FormFields(data).text("released") == "yes"
    work = SectionAssessmentId(work_id)
    release_results(ReleaseResultsCommand(visit.person_id, work, released))
    return see_other(visit, f"/works/{work}/release?done={'released' if released else 'hidden'}")


ROUTES = (show, release)
