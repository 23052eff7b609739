"""Each report as the table of its numbers."""

from collections.abc import Iterable, Sequence

from application.reports.agreement_report import COLUMNS, AgreementReportView
from application.reports.bars import Bar, LevelHead
from application.reports.disaggregation import DisaggregationView
from application.reports.improvement_report import RULES, ImprovementLine, ImprovementView
from application.reports.participation_report import ParticipationLine, ParticipationView
from application.reports.rule_words import rule_words
from application.reports.slo_report import SloReportView
from application.reports.table import WITHHELD, ColumnKind, ReportColumn, ReportTable, Value
from domain.assessment import WorkState
from domain.improvement.action_plan import ActionPlanState
from domain.rostering import Term

_TITLE = ReportColumn("title", "Title", ColumnKind.TEXT)
_MORE = ReportColumn("moreWithheld", "More is withheld", ColumnKind.TEXT)
_TARGET = ReportColumn("target", "Target", ColumnKind.SHARE)


def slo_table(view: SloReportView) -> ReportTable:
    """Of a chosen SLO its terms; else the SLOs of the term."""
    chosen, rules = view.scope.slo, rule_words(view.rule, own_sections=view.own_sections)
    if chosen is not None:
        first = ReportColumn("term", "Term", ColumnKind.TEXT)
        facts = (("SLO", f"{chosen.code} {chosen.title}"), *_places(view))
        rows = tuple((*_line(bar, view.levels), bar.target, _more(bar)) for bar in view.trend)
        columns = (first, *_numbers(view.levels), _TARGET, _MORE)
        title = f"SLO performance, {chosen.code}"
        return ReportTable("slo", title, facts, rules, columns, rows, view.trend, view.levels)
    first = ReportColumn("slo", "SLO", ColumnKind.TEXT)
    before = ReportColumn("before", _before(view.scope.before), ColumnKind.SHARE)
    rows = tuple(
        (bar.label, bar.title, *_line(bar, view.levels)[1:], bar.target, bar.before, _more(bar))
        for bar in view.bars
    )
    columns = (first, _TITLE, *_numbers(view.levels), _TARGET, before, _MORE)
    facts = (*_term(view.scope.term), *_places(view))
    return ReportTable(
        "slo", "SLO performance", facts, rules, columns, rows, view.bars, view.levels
    )


def disaggregation_table(view: DisaggregationView) -> ReportTable:
    """The line of all students first."""
    bars = ((view.total,) if view.total else ()) + view.bars
    slo = (("SLO", f"{view.slo.code} {view.slo.title}"),) if view.slo else ()
    return ReportTable(
        "disaggregation",
        f"Results by {view.split.label.lower()}",
        (*_term(view.scope.term), *slo, *_places(view)),
        rule_words(view.rule, own_sections=view.own_sections),
        (
            ReportColumn("group", view.split.label, ColumnKind.TEXT),
            *_numbers(view.levels),
            _MORE,
        ),
        tuple((*_line(bar, view.levels), _more(bar)) for bar in bars),
        bars,
        view.levels,
    )


def participation_table(view: ParticipationView) -> ReportTable:
    """Course by course, all of them first."""
    states = [
        ReportColumn(state.value.replace(" ", "-"), state.capitalize()) for state in WorkState
    ]
    return ReportTable(
        "participation",
        "Participation",
        (*_term(view.scope.term), *_places(view)),
        ("It tells where the work stands and never how students did, so nothing is withheld.",),
        (
            ReportColumn("course", "Course", ColumnKind.TEXT),
            _TITLE,
            ReportColumn("sections", "Sections"),
            ReportColumn("without", "Without any"),
            ReportColumn("assessments", "Assessments in sections"),
            *states,
        ),
        tuple(_participation(line) for line in (view.total, *view.lines)),
    )


def improvement_table(view: ImprovementView) -> ReportTable:
    """By term and org, all of them first."""
    states = [
        ReportColumn(state.value.replace(" ", "-"), state.capitalize()) for state in ActionPlanState
    ]
    return ReportTable(
        "improvement",
        "Improvement",
        (("Term", view.scope.term.name if view.scope.term else "All"), *_places(view)),
        RULES,
        (
            ReportColumn("term", "Results of", ColumnKind.TEXT),
            ReportColumn("org", "Org", ColumnKind.TEXT),
            ReportColumn("opened", "Opened"),
            *states,
            ReportColumn("closedShare", "Share closed", ColumnKind.SHARE),
        ),
        tuple(_improvement(line) for line in (view.total, *view.lines)),
        plans=view.drawn,
        plans_title=view.chart_title,
    )


def agreement_table(view: AgreementReportView) -> ReportTable:
    """Texts as the page has them."""
    names = ("cells", "exact", "adjacent", "kappa", "weightedKappa")
    figures = [ReportColumn(name, title) for name, title in zip(names, COLUMNS, strict=True)]
    return ReportTable(
        "agreement",
        "Inter-rater agreement",
        (*_term(view.scope.term), *_places(view)),
        rule_words(view.rule, own_sections=view.own_sections),
        (
            ReportColumn("assessment", "Assessment", ColumnKind.TEXT),
            ReportColumn("course", "Course", ColumnKind.TEXT),
            *figures,
        ),
        tuple(
            (
                one.assessment,
                one.course_code,
                *(text if one.figures else WITHHELD for _, text in one.told),
            )
            for one in view.lines
        ),
    )


def _participation(line: ParticipationLine) -> tuple[Value, ...]:
    counts = (line.of(state) for state in WorkState)
    return (line.code, line.title, line.sections, line.without, line.assessments, *counts)


def _improvement(line: ImprovementLine) -> tuple[Value, ...]:
    counts = (line.of(state) for state in ActionPlanState)
    return (line.term, line.org, line.opened, *counts, line.closed_share)


def _numbers(levels: Sequence[LevelHead]) -> tuple[ReportColumn, ...]:
    of_levels = (ReportColumn(f"level:{one.code}", one.name) for one in reversed(levels))
    met = ReportColumn("met", "At or above threshold", ColumnKind.SHARE)
    return (*of_levels, ReportColumn("assessed", "Assessed"), met)


def _line(bar: Bar, levels: Sequence[LevelHead]) -> tuple[Value, ...]:
    if bar.is_withheld:
        return (bar.label, *(WITHHELD,) * (len(levels) + 2))
    return (bar.label, *(one.students for one in bar.shares), bar.assessed, bar.met)


def _more(bar: Bar) -> str:
    return "yes" if bar.more_withheld else ""


def _before(term: Term | None) -> str:
    return f"At or above threshold in {term.name}" if term else "In the term before"


def _term(term: Term | None) -> Iterable[tuple[str, str]]:
    return (("Term", term.name),) if term else ()


def _places(
    view: SloReportView
    | DisaggregationView
    | ParticipationView
    | ImprovementView
    | AgreementReportView,
) -> Iterable[tuple[str, str]]:
    org, course = view.scope.org, view.asked.course
    asked = (("Org", org.name if org else ""), ("Course code", course))
    found = [(label, text) for label, text in asked if text]
    return (("Sections", "Those that I teach"), *found) if view.own_sections else found
