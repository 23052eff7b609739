"""What the commands of scores ask of the house: sent, imported, as scorecards."""

from typing import Protocol

from application.later import imported_later

with imported_later(__name__):
    from application.queries.import_choices import ImportChoices
    from application.queries.import_preview import ImportPreview
    from application.queries.work_header import ReadWorkHeader
    from application.scorecards.downloads_page import DownloadsPage
    from application.use_cases.apply_import import ApplyImport
    from application.use_cases.begin_import import BeginImport
    from application.use_cases.choose_course import TaughtCourses
    from application.use_cases.make_download import MakeDownload
    from application.use_cases.place_rubric import OfferRubric, PlaceRubric
    from application.use_cases.read_scores import ReadLmsScores
    from application.use_cases.record_scores import RecordScores
    from application.use_cases.send_scores import PlanSend, SendScores
    from application.use_cases.upload_scorecard import PreviewScorecard


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
