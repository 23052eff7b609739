"""Reports say what a plain recount over the raw scores says, whatever happened to the scores."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.outbound.persistence.engine import Engines, open_engines
from adapters.outbound.persistence.summaries.mending import differences, rebuild
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.errors import Conflict, Invalid
from application.ports.unit_of_work import UnitOfWork
from application.queries.slos.slo_performance import SloPerformance
from application.use_cases.matching.merge_people import MergePeople, MergePeopleCommand
from application.use_cases.matching.undo_decision import UndoDecision
from application.use_cases.slos.keep_roll_ups import KeepRollUps
from domain.assessment import Purpose
from domain.ids import AssessmentId, CourseId, SectionId
from domain.reporting import Grain, ReportFilter, Several, Split, SplitBy
from domain.score import BLANK, NOT_ASSESSED, Scored, ScoreValue
from domain.slo_mapping import SloMapping
from tests.reporting_college import (
    ASSESSMENTS,
    INSTITUTION,
    LOW,
    PROGRAM,
    ROWS,
    SECTIONS,
    STUDENTS,
    TERMS,
    WORKS,
    a_reporting_college,
    moved_to,
    recount,
    repurposed,
    taught_as,
    write,
)
from tests.stand_ins import CountedIds, FixedClock, NoQueue

COURSES = (CourseId("course-engl101"), CourseId("course-hist1"))
values: st.SearchStrategy[ScoreValue] = st.one_of(
    st.builds(Scored, st.integers(1, 4).map(Decimal)), st.sampled_from([BLANK, NOT_ASSESSED])
)


@st.composite
def _mapping_lists(draw: st.DrawFn) -> list[SloMapping]:
    """Any ways up, from either term on, some of them ended."""
    steps = [*((low, PROGRAM) for low in LOW), *((low, INSTITUTION) for low in LOW)]
    chosen = draw(st.lists(st.sampled_from([*steps, (PROGRAM, INSTITUTION)]), unique=True))
    until = st.sampled_from([None, None, TERMS[1]])
    return [
        SloMapping(low, high, draw(st.sampled_from(TERMS)), draw(until), None)
        for low, high in chosen
    ]


Deed = Callable[["_Bench"], None]


class _Bench:
    """One database, and the use cases that move scores in it."""

    def __init__(self, engines: Engines) -> None:
        self.engines = engines
        self.units = SqlUnits(engines, lambda _connection: NoQueue())
        self.clock = FixedClock()
        self._merge = MergePeople(self.units, self.clock, CountedIds())
        self._undo = UndoDecision(self.units, self.clock)

    def within(self, deed: Callable[[UnitOfWork], None]) -> None:
        with self.units() as unit:
            deed(unit)
            unit.commit()

    def merge(self, gone: int, kept: int) -> None:
        """What contradicts is refused, and leaves everything as it was."""
        try:
            self._merge(MergePeopleCommand("tess", STUDENTS[gone], STUDENTS[kept]))
        except (Conflict, Invalid):
            return

    def map_anew(self, mappings: list[SloMapping]) -> None:
        def deed(unit: UnitOfWork) -> None:
            for one in unit.curriculum.mappings():
                unit.curriculum.drop_mapping(one)
            unit.curriculum.put_mappings(mappings)

        self.within(deed)

    def keep_roll_ups(self) -> None:
        KeepRollUps(self.units)()

    def undo_merges(self) -> None:
        """A merge stays whose scores have changed since, and with it those before it."""
        with self.units(write=False) as unit:
            standing = unit.merges.standing()
        with suppress(Conflict):
            for one in reversed(standing):
                self._undo(one.decision_id, "tess")


@st.composite
def _scorings(draw: st.DrawFn) -> Deed:
    """Some cells of one assessment in a section, at the same moment or a while later."""
    assessment, section = draw(st.sampled_from(ASSESSMENTS)), draw(st.sampled_from(SECTIONS))
    work_id = WORKS[ASSESSMENTS.index(assessment) * len(SECTIONS) + SECTIONS.index(section)]
    cells = st.tuples(st.sampled_from(STUDENTS), st.sampled_from(ROWS[assessment]))
    given_values = draw(st.dictionaries(cells, values, min_size=2, max_size=12))
    minutes = draw(st.sampled_from([0, 0, 5]))

    def deed(bench: _Bench) -> None:
        at = bench.clock.advance(minutes=minutes)

        def all_of_them(unit: UnitOfWork) -> None:
            for cell, value in given_values.items():
                write(unit, work_id, cell, value, at)

        bench.within(all_of_them)

    return deed


numbers = st.integers(0, len(STUDENTS) - 1)
deeds: st.SearchStrategy[Deed] = st.one_of(
    _scorings(),
    _scorings(),
    _scorings(),
    st.builds(lambda gone, kept: lambda bench: bench.merge(gone, kept), numbers, numbers),
    st.just(lambda bench: bench.undo_merges()),
    st.just(lambda bench: bench.keep_roll_ups()),
    st.builds(lambda steps: lambda bench: bench.map_anew(steps), _mapping_lists()),
    st.builds(
        lambda key, term: (
            lambda bench: bench.within(
                lambda unit: moved_to(unit, SectionId(f"section-{key}"), term)
            )
        ),
        st.sampled_from(SECTIONS),
        st.sampled_from(TERMS),
    ),
    st.builds(
        lambda key, course: (
            lambda bench: bench.within(
                lambda unit: taught_as(unit, SectionId(f"section-{key}"), course)
            )
        ),
        st.sampled_from(SECTIONS),
        st.sampled_from(COURSES),
    ),
    st.builds(
        lambda key, purpose: (
            lambda bench: bench.within(
                lambda unit: repurposed(unit, AssessmentId(f"assessment-{key}"), purpose)
            )
        ),
        st.sampled_from(ASSESSMENTS),
        st.sampled_from(Purpose),
    ),
)

splits = st.one_of(
    st.sampled_from([SplitBy.NONE, SplitBy.MODE, SplitBy.LOCATION, SplitBy.PROGRAM]).map(Split),
    st.just(Split(SplitBy.ATTRIBUTE, "program")),
)


@st.composite
def _filters(draw: st.DrawFn) -> ReportFilter:
    def some(*ids: str) -> frozenset[str] | None:
        return draw(st.none() | st.frozensets(st.sampled_from(ids)))

    return ReportFilter(
        slo_ids=some(*LOW, PROGRAM, INSTITUTION),  # type: ignore[arg-type] # ids are text
        term_ids=some(*TERMS),  # type: ignore[arg-type] # the same
        org_ids=some("org-english", "org-history", "org-science"),  # type: ignore[arg-type]
        course_ids=some(*COURSES),  # type: ignore[arg-type] # the same
        section_ids=some(*(f"section-{key}" for key in SECTIONS)),  # type: ignore[arg-type]
        purpose=draw(st.sampled_from(Purpose)),
        split=draw(splits),
        grain=draw(st.sampled_from(Grain)),
        rolled_up=draw(st.booleans()),
        several=draw(st.sampled_from(Several)),
        across_versions=draw(st.booleans()),
    )


PLAIN = [
    ReportFilter(), ReportFilter(grain=Grain.COURSE), ReportFilter(grain=Grain.SECTION),
    ReportFilter(rolled_up=True),
    ReportFilter(grain=Grain.LONE_SECTION, rolled_up=True),
]  # fmt: skip


@contextmanager
def _bench(template: Path) -> Iterator[_Bench]:
    with TemporaryDirectory() as folder:
        file = shutil.copy(template, Path(folder) / "attain.db")
        with closing(open_engines(f"sqlite:///{file}")) as engines:
            yield _Bench(engines)


class TestReportFigures:
    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    @given(
        mappings=_mapping_lists(),
        done=st.lists(deeds, min_size=1, max_size=8),
        wanted=st.lists(_filters(), max_size=4),
    )
    def test_they_equal_a_plain_recount_over_the_scores(
        self, sqlite_template: Path, mappings: list[SloMapping], done: list[Deed],
        wanted: list[ReportFilter],
    ) -> None:  # fmt: skip
        with _bench(sqlite_template) as bench:
            bench.within(lambda unit: a_reporting_college(unit, mappings))
            for deed in done:
                deed(bench)

            report = SloPerformance(bench.units)
            for _ in range(2):
                with bench.units(write=False) as unit:
                    for one in [*PLAIN, *wanted]:
                        assert report(one) == recount(unit, one)
                bench.keep_roll_ups()
                assert KeepRollUps(bench.units)() == 0
            with bench.engines.reader.begin() as connection:
                assert list(differences(connection)) == []
            with bench.engines.writer.begin() as connection:
                rebuild(connection)
                assert list(differences(connection)) == []
            assert report(PLAIN[2]) == _recounted(bench, PLAIN[2])


def _recounted(bench: _Bench, wanted: ReportFilter) -> list[object]:
    with bench.units(write=False) as unit:
        return list(recount(unit, wanted))
