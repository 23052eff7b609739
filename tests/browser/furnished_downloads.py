"""Downloads of Tess that a job makes: one waits, one is ready, one broke off."""

from datetime import timedelta

from application.ports.downloads import AskedDownload
from application.ports.jobs import JobState
from domain.ids import DownloadId, JobId, PersonId
from tests.browser.scoring_server import WORK
from tests.http.whole import WholeHouse
from tests.stand_ins import NOON

OPEN, READY, FAILED = (DownloadId(f"download-{name}") for name in ("open", "ready", "failed"))
NAME = "biol-101-03-lab-report-rubric.pdf"
FILLED = "Tech ID,SLO 1,SLO 2,Remarks\n4400000,4,1,new\n4400001,3,9,\n9999999,3,3,who is this\n"


def furnish_downloads(house: WholeHouse) -> None:
    shelf = house.use_cases.download_shelf()
    for download_id in (OPEN, READY, FAILED):
        job_id = JobId(f"job-{download_id}")
        house.jobs.add(job_id, "make-download", {}, "downloads")
        shelf.note(
            AskedDownload(
                download_id, PersonId("person-tess"), WORK, job_id, NAME, "application/pdf",
                NOON, NOON + timedelta(hours=24),
            )
        )  # fmt: skip
    house.jobs.change(JobId(f"job-{FAILED}"), state=JobState.FAILED, error="The disk is full.")
    shelf.keep(READY, b"%PDF")
