"""Evaluators of a work: given, taken back, compared; for teachers and for keepers of the org."""

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
from application.queries.agreement_page import AgreementPage, AgreementView
from application.queries.evaluators_page import EvaluatorsPage, EvaluatorsView
from application.queries.scoring_list import GivenWork, ScoringList
from application.use_cases.give_to_score import GiveToScore, GiveToScoreCommand, TakeBack
from application.use_cases.settle_scores import SettleCommand, SettleScores
from domain.access import Right
from domain.errors import IllegalMove
from domain.evaluation import Scoring
from domain.ids import PersonId, RowId, SectionAssessmentId

TAUGHT = "/works"
KEPT = "/calendar/works"
"""The same pages stand at both: a route names one right."""


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


@get(f"{TAUGHT}/{{work_id:str}}/evaluators", right=Right.TEACH, sync_to_thread=True)
def evaluators(
    work_id: FromPath[str], visit: Injected[Visit], evaluators_page: Injected[EvaluatorsPage]
) -> Response[str]:
    return _shown(visit, TAUGHT, work_id, evaluators_page)


@get(f"{KEPT}/{{work_id:str}}/evaluators", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def kept_evaluators(
    work_id: FromPath[str], visit: Injected[Visit], evaluators_page: Injected[EvaluatorsPage]
) -> Response[str]:
    return _shown(visit, KEPT, work_id, evaluators_page)


@post(f"{TAUGHT}/{{work_id:str}}/evaluators", right=Right.TEACH, sync_to_thread=True)
def give(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    give_to_score: Injected[GiveToScore],
    evaluators_page: Injected[EvaluatorsPage],
) -> Response[str] | Redirect:
    return _given(visit, TAUGHT, work_id, FormFields(data), give_to_score, evaluators_page)


@post(f"{KEPT}/{{work_id:str}}/evaluators", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def kept_give(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    give_to_score: Injected[GiveToScore],
    evaluators_page: Injected[EvaluatorsPage],
) -> Response[str] | Redirect:
    return _given(visit, KEPT, work_id, FormFields(data), give_to_score, evaluators_page)


@post(f"{TAUGHT}/{{work_id:str}}/evaluators/take-back", right=Right.TEACH, sync_to_thread=True)
def take_back_from(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    take_back: Injected[TakeBack],
) -> Redirect:
    return _taken_back(visit, TAUGHT, work_id, FormFields(data), take_back)


@post(
    f"{KEPT}/{{work_id:str}}/evaluators/take-back", right=Right.KEEP_OUTCOMES, sync_to_thread=True
)
def kept_take_back_from(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    take_back: Injected[TakeBack],
) -> Redirect:
    return _taken_back(visit, KEPT, work_id, FormFields(data), take_back)


@get(f"{TAUGHT}/{{work_id:str}}/agreement", right=Right.TEACH, sync_to_thread=True)
def agreement(
    work_id: FromPath[str], visit: Injected[Visit], agreement_page: Injected[AgreementPage]
) -> Response[str]:
    view = agreement_page(visit.viewer, SectionAssessmentId(work_id))
    return page(visit, "agreement.html", AgreementModel(view, TAUGHT))


@get(f"{KEPT}/{{work_id:str}}/agreement", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def kept_agreement(
    work_id: FromPath[str], visit: Injected[Visit], agreement_page: Injected[AgreementPage]
) -> Response[str]:
    view = agreement_page(visit.viewer, SectionAssessmentId(work_id))
    return page(visit, "agreement.html", AgreementModel(view, KEPT))


@post(f"{TAUGHT}/{{work_id:str}}/agreement", right=Right.TEACH, sync_to_thread=True)
def settle(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    settle_scores: Injected[SettleScores],
    agreement_page: Injected[AgreementPage],
) -> Response[str] | Redirect:
    return _settled(visit, TAUGHT, work_id, FormFields(data), settle_scores, agreement_page)


@post(f"{KEPT}/{{work_id:str}}/agreement", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def kept_settle(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    settle_scores: Injected[SettleScores],
    agreement_page: Injected[AgreementPage],
) -> Response[str] | Redirect:
    return _settled(visit, KEPT, work_id, FormFields(data), settle_scores, agreement_page)


def _shown(visit: Visit, base: str, work_id: str, evaluators_page: EvaluatorsPage) -> Response[str]:
    view = evaluators_page(visit.viewer, SectionAssessmentId(work_id))
    return page(visit, "evaluators.html", EvaluatorsModel(view, base))


def _given(
    visit: Visit,
    base: str,
    work_id: str,
    sent: FormFields,
    give_to_score: GiveToScore,
    evaluators_page: EvaluatorsPage,
) -> Response[str] | Redirect:
    work = SectionAssessmentId(work_id)
    scoring = Scoring.RECORD if sent.text("scoring") == "record" else Scoring.SECOND
    hides = sent.text("hides") == "yes"
    try:
        give_to_score(GiveToScoreCommand(visit.viewer, work, sent.text("person"), scoring, hides))
    except (Invalid, IllegalMove) as refused:
        problem = refused.cure if isinstance(refused, Invalid) else str(refused)
        texts = {name: sent.text(name) for name in ("person", "scoring", "hides")}
        model = EvaluatorsModel(evaluators_page(visit.viewer, work), base, texts, problem)
        return page(visit, "evaluators.html", model, status=422)
    return see_other(visit, f"{base}/{work}/evaluators")


def _taken_back(
    visit: Visit, base: str, work_id: str, sent: FormFields, take_back: TakeBack
) -> Redirect:
    take_back(visit.viewer, SectionAssessmentId(work_id), PersonId(sent.text("person")))
    return see_other(visit, f"{base}/{work_id}/evaluators")


def _settled(
    visit: Visit,
    base: str,
    work_id: str,
    sent: FormFields,
    settle_scores: SettleScores,
    agreement_page: AgreementPage,
) -> Response[str] | Redirect:
    work = SectionAssessmentId(work_id)
    command = SettleCommand(
        visit.viewer, work, PersonId(sent.text("scorer")), sent.text("student"),
        RowId(sent.text("row")), sent.text("stands"), sent.text("first"), sent.text("second"),
    )  # fmt: skip
    try:
        settle_scores(command)
    except (Invalid, Conflict) as refused:
        problem = refused.cure if isinstance(refused, Invalid) else str(refused)
        status = 422 if isinstance(refused, Invalid) else 409
        model = AgreementModel(agreement_page(visit.viewer, work), base, problem)
        return page(visit, "agreement.html", model, status=status)
    return see_other(visit, f"{base}/{work}/agreement")


ROUTES = (
    given_to_score,
    evaluators,
    kept_evaluators,
    give,
    kept_give,
    take_back_from,
    kept_take_back_from,
    agreement,
    kept_agreement,
    settle,
    kept_settle,
)
