"""The counts of a Collective assessment as a plain form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.queries.scoring.counts_page import CountedRow, CountsPage, CountsView
from application.use_cases.scoring.enter_counts import (
    NOT_ASSESSED,
    EnterCounts,
    EnterCountsCommand,
    RowAnswer,
    RowConflict,
    RowRefused,
    RowSaved,
    RowWanted,
)
from domain.access import Right
from domain.ids import RowId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class RowFields:
    """A row as the form shows it: what its fields hold, and what is wrong with it."""

    counts: Mapping[str, str]
    """By the points of the level, and `NA`."""
    seen: int
    was: str
    """The counts that are stored, as one text: by it the form tells what was changed."""
    problem: str = ""
    theirs: RowConflict | None = None

    @property
    def total(self) -> int | None:
        """None while the row is blank or holds something that is no number."""
        written = [text.strip() for text in self.counts.values() if text.strip()]
        numbers = [int(text[:9]) for text in written if text.isascii() and text.isdecimal()]
        return sum(numbers) if written and len(numbers) == len(written) else None


@dataclass(frozen=True, slots=True)
class CountsModel:
    view: CountsView
    fields: Mapping[RowId, RowFields]

    @property
    def problems(self) -> int:
        return sum(bool(one.problem or one.theirs) for one in self.fields.values())


@get("/works/{work_id:str}/counts", right=Right.SCORE, sync_to_thread=True)
def counts(
    work_id: FromPath[str], visit: Injected[Visit], counts_page: Injected[CountsPage]
) -> Response[str]:
    view = counts_page(visit.viewer, SectionAssessmentId(work_id))
    return page(visit, "counts.html", CountsModel(view, _stored(view)))


@post("/works/{work_id:str}/counts", right=Right.SCORE, sync_to_thread=True)
def save_counts(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    enter_counts: Injected[EnterCounts],
    counts_page: Injected[CountsPage],
) -> Response[str] | Redirect:
    sent, work = FormFields(data), SectionAssessmentId(work_id)
    answers = enter_counts(EnterCountsCommand(visit.viewer, work, _wanted(sent)))
    view = counts_page(visit.viewer, work)
    fields = _stored(view) | dict(_unsaved(view, answers))
    if any(isinstance(one, RowConflict) for one in answers):
        return page(visit, "counts.html", CountsModel(view, fields), status=409)
    if any(isinstance(one, RowRefused) for one in answers):
        return page(visit, "counts.html", CountsModel(view, fields), status=422)
    then = "reflection" if sent.text("then") == "reflection" else "counts"
    return see_other(visit, f"/works/{work}/{then}")


def _wanted(sent: FormFields) -> tuple[RowWanted, ...]:
    """Rows that the form changed; others may have been counted meanwhile."""
    rows: dict[str, dict[str, str]] = {}
    for name in sent.after("count-"):
        row, _, level = name.rpartition("~")
        rows.setdefault(row, {})[level] = sent.text(f"count-{name}")
    return tuple(
        RowWanted(RowId(row), counts, sent.whole(f"seen-{row}"))
        for row, counts in rows.items()
        if _as_text(counts) != sent.text(f"was-{row}")
    )


def _as_text(counts: Mapping[str, str]) -> str:
    return " ".join(f"{level}:{text.strip()}" for level, text in sorted(counts.items()))


def _stored(view: CountsView) -> dict[RowId, RowFields]:
    return {row.head.id: _fields(row) for row in view.rows}


def _fields(row: CountedRow) -> RowFields:
    levels = {level.points: row.counts.get(level.points, "") for level in row.head.levels}
    counts = levels | {NOT_ASSESSED: row.not_assessed}
    return RowFields(counts, row.version, _as_text(counts))


def _unsaved(view: CountsView, answers: tuple[RowAnswer, ...]) -> Iterator[tuple[RowId, RowFields]]:
    """What was sent, with the reason; after a conflict, saving again replaces what is there."""
    stored = {row.head.id: _fields(row) for row in view.rows}
    for answer in answers:
        wanted = answer.wanted
        there = stored.get(wanted.row_id)
        if there is None or isinstance(answer, RowSaved):
            continue
        match answer:
            case RowRefused(sentence=sentence):
                yield wanted.row_id, RowFields(wanted.counts, wanted.seen, there.was, sentence)
            case RowConflict():
                fields = RowFields(wanted.counts, there.seen, there.was, theirs=answer)
                yield wanted.row_id, fields


ROUTES = (counts, save_counts)
