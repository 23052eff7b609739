"""Where reports read results: counts that are kept beside the scores, in their transaction."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from domain.ids import CourseId, OrgId, SectionAssessmentId, SloId
from domain.kept_roll_up import RollUp
from domain.reporting import ReportFilter, ResultCell
from domain.results import Place, SloCount, SloResults, StudentKey


class ResultRepository(Protocol):
    """What students reached, for each assessment in a section and each SLO of it.

    A result stays a result when its student leaves the section. All answers hold the own
    writes of the unit.
    """

    def cells(self, wanted: ReportFilter) -> list[ResultCell]:
        """Counts of directly assessed SLOs, the latest result of a student and term.

        Filters, grains, versions and splits by the section are kept to; `rolled_up`, another
        rule than LATEST and splits by students need `results`. By SLO, version and term.
        """

    def counts(self, wanted: ReportFilter) -> list[SloCount]:
        """Of the SLOs, terms and purpose asked for; places do not narrow them."""

    def roll_ups(self, wanted: ReportFilter) -> list[RollUp]:
        """Of the higher SLOs and terms asked for, what was kept. Their marks may be outdated."""

    def keep_roll_ups(self, roll_ups: Iterable[RollUp]) -> None:
        """Put those of the same SLO and term aside."""

    def orgs(self) -> Mapping[CourseId, OrgId]:
        """That of each course."""

    def results(self, wanted: ReportFilter) -> Iterator[SloResults]:
        """Of the SLOs, terms and purpose asked for; places do not narrow it."""

    def places(
        self, work_ids: Iterable[SectionAssessmentId] | None
    ) -> Mapping[SectionAssessmentId, Place]:
        """Of these, or of every assessment in a section."""

    def assessed(self) -> set[SloId]:
        """SLOs with a summative result in any term."""

    def groups(self, attribute: str) -> Mapping[StudentKey, str]:
        """What the roster keeps of each person under the name of an attribute."""

    def attributes(self) -> list[str]:
        """Names of the attributes that the roster keeps of anybody, in their order."""
