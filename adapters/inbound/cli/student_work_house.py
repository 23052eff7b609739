"""What commands of scoring beside the usual, and of student work, ask of the house."""

from typing import Protocol

from application.later import imported_later

with imported_later(__name__):
    from application.queries.evidence.evidence_list import ListEvidence
    from application.queries.portfolio.portfolio_pages import PortfolioPage
    from application.queries.scoring.agreement_page import AgreementPage
    from application.queries.scoring.counts_page import CountsPage
    from application.queries.scoring.evaluators_page import EvaluatorsPage
    from application.queries.scoring.reflection_list import ReflectionList
    from application.queries.student_work.assign_choices import AssignChoices
    from application.queries.student_work.dla_desk import DlaDesk
    from application.use_cases.evidence.expire_evidence import CheckEvidence, ExpireEvidence
    from application.use_cases.portfolio.signing_keys import ListSigningKeys, MakeSigningKey
    from application.use_cases.scoring.enter_counts import EnterCounts
    from application.use_cases.scoring.give_to_score import GiveToScore, TakeBack
    from application.use_cases.scoring.release_results import ReleaseResults
    from application.use_cases.student_work.assign_dla import AssignDla
    from application.use_cases.student_work.decide_dlas import DecideDlas
    from application.use_cases.student_work.keep_dlas import RetireDla, SaveDla
    from application.use_cases.student_work.student_profiles import (
        ReadProfilePolicy,
        SetProfilePolicy,
    )


class StudentWorkHouse(Protocol):
    @property
    def release_results(self) -> ReleaseResults: ...
    @property
    def dla_desk(self) -> DlaDesk: ...
    @property
    def assign_choices(self) -> AssignChoices: ...
    @property
    def save_dla(self) -> SaveDla: ...
    @property
    def retire_dla(self) -> RetireDla: ...
    @property
    def assign_dla(self) -> AssignDla: ...
    @property
    def decide_dlas(self) -> DecideDlas: ...
    @property
    def counts_page(self) -> CountsPage: ...
    @property
    def enter_counts(self) -> EnterCounts: ...
    @property
    def evaluators_page(self) -> EvaluatorsPage: ...
    @property
    def give_to_score(self) -> GiveToScore: ...
    @property
    def take_back(self) -> TakeBack: ...
    @property
    def agreement_page(self) -> AgreementPage: ...
    @property
    def reflection_list(self) -> ReflectionList: ...
    @property
    def make_signing_key(self) -> MakeSigningKey: ...
    @property
    def list_signing_keys(self) -> ListSigningKeys: ...
    @property
    def portfolio_page(self) -> PortfolioPage: ...
    @property
    def read_profile_policy(self) -> ReadProfilePolicy: ...
    @property
    def set_profile_policy(self) -> SetProfilePolicy: ...
    @property
    def list_evidence(self) -> ListEvidence: ...
    @property
    def expire_evidence(self) -> ExpireEvidence: ...
    @property
    def check_evidence(self) -> CheckEvidence: ...
