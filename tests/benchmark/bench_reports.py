"""Mastery reports over three million scores beside an indexed GROUP BY, and what keeping costs.

One section is written in one transaction, with and without results kept: by one statement for
all its scores, and cell by cell as use cases write them.
"""

import gc
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from time import process_time

from sqlalchemy import Connection, Select, delete, func, select, text, type_coerce

from adapters.outbound.persistence import schema
from adapters.outbound.persistence.columns import PLAIN_TEXT
from adapters.outbound.persistence.engine import Engines, open_engines
from adapters.outbound.persistence.repositories.scores import SCORES, SqlScores
from adapters.outbound.persistence.summaries.keeping import keep
from adapters.outbound.persistence.summaries.mending import fill
from adapters.outbound.persistence.tables import rostering, scoring
from adapters.outbound.persistence.touched import Touched
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.queries.slos.slo_performance import SloPerformance
from application.reports.asked import ReportAsked
from application.reports.slo_report import SloReport
from application.use_cases.slos.keep_roll_ups import KeepRollUps
from application.viewers import Viewer
from domain.ids import SloId, TermId
from domain.reporting import ReportFilter
from domain.score import Score
from tests.benchmark.figures import Figure, against, median, medians
from tests.benchmark.scored_college import (
    COURSES,
    ORGS,
    SPARE,
    ScoredCollege,
    scores_of,
    slos_of,
    work_of,
)
from tests.stand_ins import FixedClock, NoQueue

_score, _section = scoring.scores.c, rostering.sections.c
_GROUPED = (
    select(
        _score.row_id, _section.term_id, type_coerce(_score.value, PLAIN_TEXT).label("reached"),
        func.count(_score.student_id.distinct()),
    )
    .join(scoring.works, scoring.works.c.id == _score.section_assessment_id)
    .join(rostering.sections, _section.id == scoring.works.c.section_id)
    .group_by(_score.row_id, _section.term_id, text("reached"))
)  # fmt: skip
# All that the statement reads stands in one index, which our schema does not even have.
_COVERING = (
    "CREATE INDEX peer ON attain_score (section_assessment_id, row_id, value, student_id)",
    "CREATE INDEX peer_rows ON attain_score (row_id, section_assessment_id, value, student_id)",
    "ANALYZE",
)
_MS = 1000
COMMAND_LINE = Viewer(None, None)
Store = Callable[[SqlScores, Connection, list[Score]], object]


def measure() -> list[Figure]:
    college = ScoredCollege()
    with tempfile.TemporaryDirectory(prefix="attain-bench-") as name:
        url = f"sqlite:///{Path(name)}/attain.db"
        schema.upgrade(url)
        with closing(open_engines(url)) as engines:
            units = SqlUnits(engines, lambda _connection: NoQueue())
            with units() as unit:
                college.furnish(unit)
                unit.commit()
            with engines.writer.begin() as connection:
                college.write_scores(connection)
            filling = _filling(engines, college)
            return [*_keeping(engines, college), filling, *_reports(engines, units, college)]


def _filling(engines: Engines, college: ScoredCollege) -> Figure:
    begun = process_time()
    with engines.writer.begin() as connection:
        fill(connection)
    spent = process_time() - begun
    return Figure(f"results of {college.scores:,} scores made anew, CPU", f"{spent:.0f} s")


def _reports(engines: Engines, units: SqlUnits, college: ScoredCollege) -> list[Figure]:
    with engines.writer.begin() as connection:
        for statement in _COVERING:
            connection.exec_driver_sql(statement)
    report = SloPerformance(units)
    # As the server does when it has started; a bench makes much garbage before.
    gc.collect()
    gc.freeze()
    term = TermId("term-3")
    slos = frozenset(slo.id for course in range(0, COURSES, ORGS) for slo in slos_of(course))
    asked: dict[str, tuple[ReportFilter, Select[tuple[object, ...]]]] = {
        f"{len(slos)} SLOs of an org, all terms": (
            ReportFilter(slo_ids=slos), _GROUPED.where(_score.row_id.in_(slos)),
        ),
        "every SLO of one term": (
            ReportFilter(term_ids=frozenset({term})), _GROUPED.where(_section.term_id == term),
        ),
        "every SLO of all terms": (ReportFilter(), _GROUPED),
    }  # fmt: skip
    return [
        *(
            _beside(f"{college.scores:,} scores, {what}", partial(report, wanted),
                    partial(_grouped, engines, statement))
            for what, (wanted, statement) in asked.items()
        ),
        *_rolled_up(units, report, term),
        *_pages(units, report),
    ]  # fmt: skip


def _beside(what: str, ours: Callable[[], object], peer: Callable[[], object]) -> Figure:
    spent = medians({"ours": partial(_timed, ours), "peer": partial(_timed, peer)})
    return against(f"mastery report, {what}, CPU", spent["ours"], spent["peer"], "ms",
                   peer_name="GROUP BY", target="10 ms, 35x")  # fmt: skip


def _rolled_up(units: SqlUnits, report: SloPerformance, term: TermId) -> Iterator[Figure]:
    """Before the worker has worked out roll-ups, and after."""
    keep_roll_ups = KeepRollUps(units)
    asked = {"one ISLO": frozenset({SloId("slo-i0")}), "every SLO": None}
    for when in ("nothing kept", "kept"):
        for what, slos in asked.items():
            wanted = ReportFilter(slo_ids=slos, term_ids=frozenset({term}), rolled_up=True)
            spent = median(partial(_timed, partial(report, wanted)))
            told = f"mastery report rolled up, {what} of one term, {when}, CPU"
            yield Figure(told, f"{spent:.0f} ms")
        if when == "nothing kept":
            yield Figure("roll-ups of all terms kept, CPU", f"{_timed(keep_roll_ups):.0f} ms")
            yield Figure("the same when nothing changed, CPU", f"{_timed(keep_roll_ups):.0f} ms")


def _pages(units: SqlUnits, report: SloPerformance) -> Iterator[Figure]:
    """With all that is withheld decided over the whole college."""
    page = SloReport(units, FixedClock(), report)
    asked = {
        "course SLOs of a term": ReportAsked(term="term-3"),
        "ISLOs of a term": ReportAsked(term="term-3", kind="islo"),
        "one ISLO over all terms": ReportAsked(slo="slo-i0"),
    }
    for what, one in asked.items():
        spent = median(partial(_timed, partial(page, COMMAND_LINE, one)))
        yield Figure(
            f"report of the whole college, {what}, CPU", f"{spent:.0f} ms", target="500 ms"
        )


def _timed(call: Callable[[], object]) -> float:
    """Milliseconds of the processor: SQLite works in our own process."""
    begun = process_time()
    call()
    return (process_time() - begun) * _MS


def _grouped(engines: Engines, statement: Select[tuple[object, ...]]) -> int:
    with engines.reader.begin() as connection:
        return len(connection.execute(statement).all())


def _keeping(engines: Engines, college: ScoredCollege) -> list[Figure]:
    ways: dict[str, Store] = {
        "a section in one statement": lambda _, connection, scores: SCORES.store(
            connection, scores
        ),
        "cell by cell": lambda repository, _, scores: [repository.save(one) for one in scores],
    }
    spare = range(college.sections, college.sections + SPARE)
    figures = []
    for what, store in ways.items():
        spent = medians(
            {
                "kept": partial(_written, engines, spare, store, kept=True),
                "plain": partial(_written, engines, spare, store, kept=False),
            }
        )
        times = spent["kept"] / spent["plain"]
        figures.append(
            Figure(f"scores of a section written with results kept, {what}, CPU",
                   f"{spent['kept']:.2f} ms", f"{spent['plain']:.2f} ms plain insert",
                   f"{times:.2f} times it", "1.4 times")
        )  # fmt: skip
    return figures


def _written(engines: Engines, sections: Iterable[int], store: Store, *, kept: bool) -> float:
    """Milliseconds of the processor for each section; leaves nothing behind."""
    works = [work_of(one) for one in sections]
    batches = [scores_of(one) for one in sections]
    begun = process_time()
    for work_id, scores in zip(works, batches, strict=True):
        touched = Touched()
        with engines.writer.begin() as connection:
            store(SqlScores(connection, touched), connection, scores)
            if kept:
                touched.works.add(work_id)
                keep(connection, touched)
    spent = (process_time() - begun) / len(works) * _MS
    with engines.writer.begin() as connection:
        connection.execute(delete(scoring.scores).where(_score.section_assessment_id.in_(works)))
        keep(connection, Touched(set(works)))
    return spent
