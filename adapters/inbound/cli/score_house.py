"""What the commands of scores ask of the house: sent, imported, as scorecards."""

from typing import Protocol

from application.later import imported_later

with imported_later(__name__):
    from application.queries.score_import.import_choices import ImportChoices
    from application.queries.score_import.import_preview import ImportPreview
    from application.queries.works.work_header import ReadWorkHeader
    from application.scorecards.downloads_page import DownloadsPage
    from application.use_cases.downloads.make_download import MakeDownload
    from application.use_cases.lms.choose_course import TaughtCourses
    from application.use_cases.outcome_sync.place_rubric import OfferRubric, PlaceRubric
    from application.use_cases.score_import.apply_import import ApplyImport
    from application.use_cases.score_import.begin_import import BeginImport
    from application.use_cases.score_import.read_scores import ReadLmsScores
    from application.use_cases.scoring.record_scores import RecordScores
    from application.use_cases.scoring.upload_scorecard import PreviewScorecard
    from application.use_cases.sending.send_scores import PlanSend, SendScores


class ScoreHouse(Protocol):
    @property
    def plan_send(self) -> PlanSend: ...
    @property
    def send_scores(self) -> SendScores: ...
    @property
    def make_download(self) -> MakeDownload: ...
    @property
    def downloads_page(self) -> DownloadsPage: ...
    @property
    def preview_scorecard(self) -> PreviewScorecard: ...
    @property
    def record_scores(self) -> RecordScores: ...
    @property
    def read_work_header(self) -> ReadWorkHeader: ...
    @property
    def taught_courses(self) -> TaughtCourses: ...
    @property
    def offer_rubric(self) -> OfferRubric: ...
    @property
    def place_rubric(self) -> PlaceRubric: ...
    @property
    def begin_import(self) -> BeginImport: ...
    @property
    def read_lms_scores(self) -> ReadLmsScores: ...
    @property
    def import_choices(self) -> ImportChoices: ...
    @property
    def import_preview(self) -> ImportPreview: ...
    @property
    def apply_import(self) -> ApplyImport: ...
