"""Rubric and scorecard as files: the choice, the file at once, or a job that makes it."""

from urllib.parse import quote

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, ServerSentEvent

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.progress import Progress, progress_events
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.ports.jobs import JobState
from application.ports.runtime import Transact
from application.scorecards.downloads_page import DownloadsPage
from application.scorecards.wanted import FileFormat, MadeFile, Subject, Wanted
from application.use_cases.downloads.long_download import AskForDownload, DownloadView, ReadDownload
from application.use_cases.downloads.make_download import MakeDownload
from domain.access import Right
from domain.ids import DownloadId, SectionAssessmentId

_COMPLETED = "completed"


@get("/works/{work_id:str}/downloads", right=Right.SCORE, sync_to_thread=True)
def choose(
    work_id: FromPath[str], visit: Injected[Visit], downloads_page: Injected[DownloadsPage]
) -> Response[str]:
    view = downloads_page(visit.person_id, SectionAssessmentId(work_id))
    return page(visit, "downloads.html", view)


@get("/works/{work_id:str}/downloads/file", right=Right.SCORE, sync_to_thread=True)
def file_at_once(
    work_id: FromPath[str],
    visit: Injected[Visit],
    make_download: Injected[MakeDownload],
    downloads_page: Injected[DownloadsPage],
    subject: FromQuery[str] = "",
    format: FromQuery[str] = "",  # noqa: A002 as the address says it
    fill: FromQuery[str] = "",
    student: FromQuery[str] = "",
) -> Response[bytes] | Redirect:
    """What takes long goes back to the page, which has a button for it: GET starts nothing."""
    wanted = _wanted(subject, format, fill, student)
    work = SectionAssessmentId(work_id)
    if downloads_page(visit.person_id, work).takes_a_job(wanted):
        return see_other(visit, f"/works/{work_id}/downloads")
    return attached(make_download(visit.person_id, work, wanted))


@post("/works/{work_id:str}/downloads", right=Right.SCORE, sync_to_thread=True)
def ask(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    ask_for_download: Injected[AskForDownload],
) -> Redirect:
    sent = FormFields(data)
    names = ("subject", "format", "fill", "student")
    wanted = _wanted(*(sent.text(name) for name in names))
    download_id = ask_for_download(visit.person_id, SectionAssessmentId(work_id), wanted)
    return see_other(visit, f"/downloads/{download_id}")


@get("/downloads/{download_id:str}", right=Right.SCORE, sync_to_thread=True)
def show(
    download_id: FromPath[str], visit: Injected[Visit], read_download: Injected[ReadDownload]
) -> Response[str]:
    view = read_download(visit.person_id, DownloadId(download_id))
    return page(visit, "download.html", view)


@get("/downloads/{download_id:str}/state", right=Right.SCORE, sync_to_thread=True)
def state(
    download_id: FromPath[str], visit: Injected[Visit], read_download: Injected[ReadDownload]
) -> dict[str, object]:
    """How far it is, for a page that polls."""
    return _progress(read_download(visit.person_id, DownloadId(download_id))).as_json()


@get("/downloads/{download_id:str}/events", right=Right.SCORE)
async def events(
    download_id: FromPath[str],
    visit: Injected[Visit],
    read_download: Injected[ReadDownload],
    transact: Injected[Transact],
) -> ServerSentEvent:
    person_id = visit.person_id
    return await progress_events(
        lambda: _progress(read_download(person_id, DownloadId(download_id))), transact
    )


@get("/downloads/{download_id:str}/file", right=Right.SCORE, sync_to_thread=True)
def finished_file(
    download_id: FromPath[str], visit: Injected[Visit], read_download: Injected[ReadDownload]
) -> Response[bytes]:
    return attached(read_download.file(visit.person_id, DownloadId(download_id)))


def attached(made: MadeFile) -> Response[bytes]:
    """The file to be saved, never shown in the page."""
    headers = {
        "content-disposition": f'attachment; filename="{made.name}"; '
        f"filename*=UTF-8''{quote(made.name)}",
    }
    return Response(made.content, media_type=made.media_type, headers=headers)


def _wanted(subject: str, file_format: str, fill: str, student: str) -> Wanted:
    """Raises Invalid for what no link of ours asks."""
    if subject not in set(Subject):
        raise Invalid("subject", "choose the rubric or the scorecard.")
    if file_format not in set(FileFormat):
        raise Invalid("format", "choose PDF, XLSX or CSV.")
    return Wanted(Subject(subject), FileFormat(file_format), fill == _COMPLETED, student)


def _progress(view: DownloadView) -> Progress:
    running = view.job is not None and view.job.state is JobState.RUNNING
    said = "The file is being made." if running else "Waiting for a worker."
    done = "The file is ready." if view.ready else "The file could not be made."
    return Progress(
        open=view.open,
        waiting=False,
        total=1,
        settled=int(view.ready),
        said=said if view.open else done,
    )


ROUTES = (choose, file_at_once, ask, show, state, events, finished_file)
