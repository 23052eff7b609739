"""Inter-rater agreement: how far two scorers of the same work agree, by assessment and course."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from application.org_tree import TreeOrg, drawn_orgs
from application.ports.planning_repositories import StandingFilter
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.scoring.agreement_page import Figures, figures_of
from application.reports.asked import ReportAsked, ReportScope, scope_of
from application.reports.curriculum import curriculum_of
from application.reports.reach import ReportReach, report_reach
from application.viewers import Viewer
from domain.agreement import LevelPair, agreement
from domain.double_scoring import compared, pairs
from domain.ids import AssessmentId, CourseId, PersonId, SectionAssessmentId, SectionId
from domain.privacy.group import Group, PrivacyRule
from domain.rubric import Rubric
from domain.work_standing import WorkStanding

COLUMNS = ("Scores by both scorers", "Same level", "Within one level", "Kappa", "Weighted kappa")


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """`figures` are None where withheld. Lines share nothing, and there is no total of them."""

    assessment: str
    course_code: str
    figures: Figures | None

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """Figures under the names of their columns; empty texts where withheld."""
        one = self.figures
        values = (
            (str(one.cells), _share(one.exact), _share(one.adjacent), *_kappas(one)) if one else ()
        )
        return tuple(zip(COLUMNS, values or ("",) * len(COLUMNS), strict=True))


def _kappas(one: Figures) -> tuple[str, str]:
    return one.kappa, one.weighted_kappa


def _share(text: str) -> str:
    return f"{text}%" if text else ""


@dataclass(frozen=True, slots=True)
class AgreementReportView:
    asked: ReportAsked
    scope: ReportScope
    orgs: tuple[TreeOrg, ...]
    lines: tuple[AgreementLine, ...]
    rule: PrivacyRule
    own_sections: bool


@dataclass(slots=True)
class _Twice:
    """What was scored twice of one assessment in one course."""

    assessment: str
    course_code: str
    students: set[PersonId] = field(default_factory=set)
    sections: set[SectionId] = field(default_factory=set)
    pairs: list[LevelPair] = field(default_factory=list)

    def line(self, rule: PrivacyRule) -> AgreementLine:
        group = Group(self.course_code, (len(self.students),), len(self.sections))
        figures = None if rule.withholds(group) else figures_of(agreement(self.pairs))
        return AgreementLine(self.assessment, self.course_code, figures)


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Raises: Forbidden; Invalid for a name that fits nothing of the viewer's."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, asked: ReportAsked) -> AgreementReportView:
        with self.units(write=False) as unit:
            reach = report_reach(unit, viewer)
            scope = scope_of(unit, curriculum_of(unit), reach, asked, self.clock)
            twice = _scored_twice(unit, list(_works(unit, reach, scope)))
            lines = tuple(one.line(reach.rule) for one in twice if one.students)
            return AgreementReportView(
                asked,
                scope,
                drawn_orgs(reach.orgs),
                lines,
                reach.rule,
                reach.is_own_sections,
            )


def _works(unit: UnitOfWork, reach: ReportReach, scope: ReportScope) -> Iterator[WorkStanding]:
    if scope.term is None:
        return
    for one in unit.standings.of_term(scope.term.id, StandingFilter()):
        own = reach.sections is None or one.section_id in reach.sections
        if own and one.course_id in scope.courses:
            yield one


def _scored_twice(unit: UnitOfWork, works: Sequence[WorkStanding]) -> Iterable[_Twice]:
    """By course and assessment, as the works are ordered."""
    found: dict[tuple[CourseId, AssessmentId], _Twice] = {}
    second = unit.evaluations.second_scores_of(one.work_id for one in works)
    for one in (one for one in works if one.work_id in second):
        twice = found.setdefault(
            (one.course_id, one.assessment_id), _Twice(one.assessment, one.course_code)
        )
        cells = list(
            compared(
                _rubric(unit, one.work_id),
                unit.scores.of_work(one.work_id),
                second[one.work_id],
                unit.evaluations.settled([one.work_id]),
            )
        )
        levels = [cell for cell in cells if cell.pair is not None]
        twice.pairs += pairs(levels)
        twice.students |= {cell.student_id for cell in levels}
        twice.sections |= {one.section_id} if levels else set()
    return found.values()


def _rubric(unit: UnitOfWork, work_id: SectionAssessmentId) -> Rubric:
    """As it was frozen at the first score."""
    work = unit.assessments.work(work_id)
    return work.rubric(unit.assessments.get(work.assessment_id))
