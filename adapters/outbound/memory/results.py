"""Results as reports read them, worked out of the scores each time they are asked for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from adapters.outbound.memory.curriculum import MemoryCurriculum
from adapters.outbound.memory.roster import MemoryRoster
from adapters.outbound.memory.rows import Rows
from adapters.outbound.memory.scoring import MemoryAssessments, MemoryOutcomes, MemoryScores
from adapters.outbound.memory.store import Transaction
from application.ports.reporting import ResultRepository
from domain.assessment import Purpose, SectionAssessment
from domain.counted_cells import to_grain
from domain.ids import CourseId, OrgId, SectionAssessmentId, SloId
from domain.kept_roll_up import RollUp
from domain.report_cells import CellSums, cell_key, is_in_places
from domain.reporting import ReportFilter, ResultCell
from domain.result_reading import ReadWork, results_of, version_worded
from domain.results import (
    Place,
    SloCount,
    SloResults,
    StudentKey,
    counts_of,
    student_key,
)
from domain.rostering import Demographic
from domain.rubric import Criterion
from domain.score import Blank, value_as_text
from domain.several_results import settled


class MemoryResults(ResultRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._roster = MemoryRoster(transaction)
        self._assessments = MemoryAssessments(transaction)
        self._curriculum = MemoryCurriculum(transaction)
        self._slos = MemoryOutcomes(transaction)
        self._scores = MemoryScores(transaction)
        self._demographics = Rows[Demographic](
            transaction, "demographic", lambda one: (one.person_id, one.attribute)
        )
        self._roll_ups = Rows[RollUp](transaction, "roll_up", lambda one: (one.term_id, one.slo_id))

    def cells(self, wanted: ReportFilter) -> list[ResultCell]:
        places, sums = self.places(None), CellSums()
        for one in self._settled():
            place = places[one.work_id]
            if _is_wanted(one, wanted) and is_in_places(wanted, place):
                counted = (one.slo_id, one.slo_version, one.term_id)
                key = cell_key(wanted, counted, place)
                sums.add(key, one.counted_levels, one.counted_without_level)
        return to_grain(sums.cells(), wanted.grain)

    def counts(self, wanted: ReportFilter) -> list[SloCount]:
        return counts_of(one for one in self._settled() if _is_wanted(one, wanted))

    def roll_ups(self, wanted: ReportFilter) -> list[RollUp]:
        return self._roll_ups.where(
            lambda one: (
                (wanted.slo_ids is None or one.slo_id in wanted.slo_ids)
                and (wanted.term_ids is None or one.term_id in wanted.term_ids)
            )
        )

    def keep_roll_ups(self, roll_ups: Iterable[RollUp]) -> None:
        self._roll_ups.put(roll_ups)

    def orgs(self) -> Mapping[CourseId, OrgId]:
        return {course.id: course.org_id for course in self._roster.courses()}

    def results(self, wanted: ReportFilter) -> Iterator[SloResults]:
        return (one for one in self._settled() if _is_wanted(one, wanted))

    def places(
        self, work_ids: Iterable[SectionAssessmentId] | None
    ) -> Mapping[SectionAssessmentId, Place]:
        asked = None if work_ids is None else frozenset(work_ids)
        return {
            work.id: self._place(work) for work in self._works if asked is None or work.id in asked
        }

    def assessed(self) -> set[SloId]:
        return {one.slo_id for one in self._settled() if one.purpose is Purpose.SUMMATIVE}

    def groups(self, attribute: str) -> Mapping[StudentKey, str]:
        found = self._demographics.where(lambda one: one.attribute == attribute)
        return {student_key(one.person_id): one.value for one in found}

    def attributes(self) -> list[str]:
        return sorted({one.attribute for one in self._demographics.all()})

    @cached_property
    def _works(self) -> list[SectionAssessment]:
        return self._assessments.works_in(section.id for section in self._roster.sections())

    def _place(self, work: SectionAssessment) -> Place:
        section = self._roster.section(work.section_id)
        course = self._roster.course(section.course_id)
        purpose = self._assessments.get(work.assessment_id).purpose
        return Place(
            section.id, course.id, course.org_id, section.term_id, purpose, section.mode,
            section.location,
        )  # fmt: skip

    def _settled(self) -> list[SloResults]:
        groups = defaultdict(list)
        for work in self._works:
            for one in self._of_work(work):
                groups[one.group].append(one)
        return [one for group in groups.values() for one in settled(group)]

    def _of_work(self, work: SectionAssessment) -> list[SloResults]:
        place = self._place(work)
        rubric = work.rubric(self._assessments.get(work.assessment_id))
        cells = (
            (one.student_id, one.row_id, value_as_text(one.value), one.scored_at)
            for one in self._scores.of_work(work.id)
            if not isinstance(one.value, Blank)
        )
        read = ReadWork(
            work.id, place.term_id, place.course_id, place.section_id, place.purpose, rubric
        )
        return results_of(read, cells, self._version)

    def _version(self, slo_id: SloId, row: Criterion) -> int:
        slo = self._slos.slos_by_id([slo_id]).get(slo_id)
        return version_worded(slo, self._curriculum.versions([slo_id]).get(slo_id, []), row)


def _is_wanted(one: SloResults, wanted: ReportFilter) -> bool:
    return (
        one.purpose is wanted.purpose
        and (wanted.slo_ids is None or one.slo_id in wanted.slo_ids)
        and (wanted.term_ids is None or one.term_id in wanted.term_ids)
    )
