"""Evaluators of a work: given, taken back, compared; for teachers and for keepers of the org."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.queries.scoring.agreement_page import AgreementPage, AgreementView
from application.queries.scoring.evaluators_page import EvaluatorsPage, EvaluatorsView
from application.queries.scoring.scoring_list import GivenWork, ScoringList
from application.use_cases.scoring.give_to_score import GiveToScore, GiveToScoreCommand, TakeBack
from application.use_cases.scoring.settle_scores import SettleCommand, SettleScores
from domain.access import Right
from domain.errors import IllegalMove
from domain.evaluation import Scoring
from domain.ids import PersonId, RowId, SectionAssessmentId

_BASES = {"/works": Right.TEACH, "/calendar/works": Right.KEEP_OUTCOMES}
"""Where these pages stand, and for whom."""


@dataclass(frozen=True, slots=True)
class EvaluatorsModel:
    """`base` is where these pages stand; `texts` are what the form holds."""

    view: EvaluatorsView
    base: str
    texts: Mapping[str, str] = field(
        default_factory=lambda: {"person": "", "scoring": "second", "hides": ""}
    )
    problem: str = ""


@dataclass(frozen=True, slots=True)
class AgreementModel:
    view: AgreementView
    base: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ScoringModel:
    works: tuple[GivenWork, ...]


@get("/scoring", right=Right.SCORE, sync_to_thread=True)
def given_to_score(visit: Injected[Visit], scoring_list: Injected[ScoringList]) -> Response[str]:
    return page(visit, "scoring.html", ScoringModel(scoring_list(visit.person_id)))


def at_both(
    verb: type[get] | type[post], tail: str
) -> Callable[[Callable[..., object]], tuple[HTTPRouteHandler, ...]]:
    """The same page for teachers and for keepers of the org: a route names one right."""

    def routes(answer: Callable[..., object]) -> tuple[HTTPRouteHandler, ...]:
        return tuple(
            verb(f"{base}/{{work_id:str}}/{tail}", right=right, sync_to_thread=True)(answer)
            for base, right in _BASES.items()
        )

    return routes


@at_both(get, "evaluators")
def evaluators(
    work_id: FromPath[str], visit: Injected[Visit], evaluators_page: Injected[EvaluatorsPage]
) -> Response[str]:
    view = evaluators_page(visit.viewer, SectionAssessmentId(work_id))
    return page(visit, "evaluators.html", EvaluatorsModel(view, _base(visit)))


@at_both(post, "evaluators")
def give(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    give_to_score: Injected[GiveToScore],
    evaluators_page: Injected[EvaluatorsPage],
) -> Response[str] | Redirect:
    sent, work = FormFields(data), SectionAssessmentId(work_id)
    scoring = Scoring.RECORD if sent.text("scoring") == "record" else Scoring.SECOND
    hides = sent.text("hides") == "yes"
    try:
        give_to_score(GiveToScoreCommand(visit.viewer, work, sent.text("person"), scoring, hides))
    except (Invalid, IllegalMove) as refused:
        problem = refused.cure if isinstance(refused, Invalid) else str(refused)
        texts = {name: sent.text(name) for name in ("person", "scoring", "hides")}
        view = evaluators_page(visit.viewer, work)
        model = EvaluatorsModel(view, _base(visit), texts, problem)
        return page(visit, "evaluators.html", model, status=422)
    return see_other(visit, f"{_base(visit)}/{work}/evaluators")


@at_both(post, "evaluators/take-back")
def take_back_from(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    take_back: Injected[TakeBack],
) -> Redirect:
    person = PersonId(FormFields(data).text("person"))
    take_back(visit.viewer, SectionAssessmentId(work_id), person)
    return see_other(visit, f"{_base(visit)}/{work_id}/evaluators")


@at_both(get, "agreement")
def agreement(
    work_id: FromPath[str], visit: Injected[Visit], agreement_page: Injected[AgreementPage]
) -> Response[str]:
    view = agreement_page(visit.viewer, SectionAssessmentId(work_id))
    return page(visit, "agreement.html", AgreementModel(view, _base(visit)))


@at_both(post, "agreement")
def settle(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    settle_scores: Injected[SettleScores],
    agreement_page: Injected[AgreementPage],
) -> Response[str] | Redirect:
    sent, work = FormFields(data), SectionAssessmentId(work_id)
    command = SettleCommand(
        visit.viewer, work, PersonId(sent.text("scorer")), sent.text("student"),
        RowId(sent.text("row")), sent.text("stands"), sent.text("first"), sent.text("second"),
    )  # fmt: skip
    try:
        settle_scores(command)
    except (Invalid, Conflict) as refused:
        problem = refused.cure if isinstance(refused, Invalid) else str(refused)
        status = 422 if isinstance(refused, Invalid) else 409
        model = AgreementModel(agreement_page(visit.viewer, work), _base(visit), problem)
        return page(visit, "agreement.html", model, status=status)
    return see_other(visit, f"{_base(visit)}/{work}/agreement")


def _base(visit: Visit) -> str:
    return next(base for base in _BASES if visit.path.startswith(f"{base}/"))


ROUTES = (given_to_score, *evaluators, *give, *take_back_from, *agreement, *settle)
