"""The use cases of rubrics and scorecards as files: one line each."""

from application.later import imported_later
from entrypoints.needs import Needs, Use

with imported_later(__name__):
    from adapters.outbound.files.downloads import FolderDownloads
    from application.scorecards.downloads_page import DownloadsPage
    from application.use_cases.downloads.long_download import (
        AskForDownload,
        MakeLongDownload,
        ReadDownload,
    )
    from application.use_cases.downloads.make_download import MakeDownload
    from application.use_cases.scoring.upload_scorecard import PreviewScorecard

units = Needs.units
clock = Needs.clock


class Downloads(Needs):
    """Files out, and filled scorecards in."""

    download_shelf = Use(FolderDownloads, data=Needs.settings.provided.data_path)
    downloads_page = Use(DownloadsPage, units=units)
    make_download = Use(
        MakeDownload,
        units=units,
        clock=clock,
        pdf=Needs.pdf,
        workbooks=Needs.workbooks,
        csv=Needs.csv,
    )
    ask_for_download = Use(
        AskForDownload, units=units, clock=clock, new_id=Needs.new_id, shelf=download_shelf
    )
    make_long_download = Use(
        MakeLongDownload, transact=Needs.transact, make=make_download, shelf=download_shelf
    )
    read_download = Use(
        ReadDownload, units=units, clock=clock, jobs=Needs.jobs, shelf=download_shelf
    )
    preview_scorecard = Use(PreviewScorecard, units=units)
