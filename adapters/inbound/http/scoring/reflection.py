"""The reflection on an assessment in a section."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.queries.scoring.reflection_page import ReflectionPage, ReflectionView
from application.use_cases.scoring.reflect import Reflect, ReflectCommand
from domain.access import Right
from domain.ids import SectionAssessmentId


@dataclass(frozen=True, slots=True)
class ReflectionModel:
    """`texts` are what the fields hold, by question id.

    `wrong` is the question that stopped the saving; `stored` other saved answers, after a
    conflict.
    """

    view: ReflectionView
    texts: Mapping[str, str]
    problem: str = ""
    wrong: str = ""
    stored: Mapping[str, str] = field(default_factory=dict)


@get("/works/{work_id:str}/reflection", right=Right.SCORE, sync_to_thread=True)
def reflection(
    work_id: FromPath[str], visit: Injected[Visit], reflection_page: Injected[ReflectionPage]
) -> Response[str]:
    view = reflection_page(visit.person_id, SectionAssessmentId(work_id))
    return page(visit, "reflection.html", ReflectionModel(view, view.answers))


@post("/works/{work_id:str}/reflection", right=Right.SCORE, sync_to_thread=True)
def save_reflection(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    reflect: Injected[Reflect],
    reflection_page: Injected[ReflectionPage],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    work = SectionAssessmentId(work_id)
    then = sent.text("then")
    submit, share = then in {"submit", "share"}, {"share": True, "unshare": False}.get(then)
    texts = {name: sent.text(f"answer-{name}") for name in sent.after("answer-")}
    try:
        reflect(ReflectCommand(visit.person_id, work, texts, submit, sent.whole("seen"), share))
    except Invalid as invalid:
        view = reflection_page(visit.person_id, work)
        model = ReflectionModel(view, texts, invalid.cure, invalid.field)
        return page(visit, "reflection.html", model, status=422)
    except Conflict as conflict:
        view = reflection_page(visit.person_id, work)
        model = ReflectionModel(view, texts, str(conflict), stored=view.answers)
        return page(visit, "reflection.html", model, status=409)
    return see_other(visit, f"/works/{work}/reflection")


ROUTES = (reflection, save_reflection)
