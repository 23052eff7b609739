"""Reports: results as groups, with exactly what the pages withhold from the token's role."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from litestar import Response

from adapters.inbound.http.api.asked import named
from adapters.inbound.http.api.doors import reading
from adapters.inbound.http.api.reading import with_etag
from adapters.inbound.http.api.wire import Out
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from application.reports.asked import ReportAsked
from application.reports.bars import Bar, LevelHead
from application.reports.disaggregation import Disaggregation
from application.reports.participation_report import ParticipationLine, ParticipationReport
from application.reports.rule_words import rule_words
from application.reports.slo_report import SloReport
from domain.access import Right
from domain.rostering import Term
from domain.slo import SloKind

_TAG = "Reports"
TermAsked = Annotated[str | None, named("term", "Id, source id or name; the current one without.")]
KindAsked = Annotated[SloKind | None, named("kind", "Whose SLOs; course SLOs without.")]
OrgAsked = Annotated[str | None, named("org", "Id or code of an org, with all below it.")]
CourseAsked = Annotated[str | None, named("course", "The beginning of a course code.")]
SloAsked = Annotated[str | None, named("slo", "Id or code of one SLO.")]
SplitAsked = Annotated[
    str | None, named("by", "`mode`, `location`, `program` or an attribute that is kept.")
]


class LevelOut(Out, frozen=True):
    """A mastery level; `met`: at or above the threshold."""

    code: str
    name: str
    met: bool


class ResultLineOut(Out, frozen=True):
    """`students` by code of the level, `metShare` and `target` in per cent.

    Where `withheld` is true every number of results is null. `moreWithheld`: there are results
    that the numbers leave out.
    """

    label: str
    title: str
    students: Mapping[str, int] | None
    assessed: int | None
    met_share: Decimal | None
    target: Decimal | None
    met_share_before: Decimal | None
    withheld: bool
    more_withheld: bool


class ResultReportOut(Out, frozen=True):
    """`rules` say in words what is withheld. `trend` holds the terms of the one SLO asked for."""

    term: str | None
    levels: list[LevelOut]
    lines: list[ResultLineOut]
    trend: list[ResultLineOut]
    rules: list[str]


class ParticipationLineOut(Out, frozen=True):
    """Assessments in sections by state; `without` are sections in which nothing is assessed."""

    course: str
    title: str
    sections: int
    without: int
    states: Mapping[str, int]


class ParticipationOut(Out, frozen=True):
    """`neverAssessed` are codes of SLOs in use without a summative result in any term."""

    term: str | None
    total: ParticipationLineOut
    courses: list[ParticipationLineOut]
    never_assessed: list[str]


@reading("/reports/slo", _TAG, Right.READ_REPORTS)
def report_slo(
    caller: Injected[Caller],
    slo_report: Injected[SloReport],
    term: TermAsked = None,
    kind: KindAsked = None,
    org: OrgAsked = None,
    course: CourseAsked = None,
    slo: SloAsked = None,
) -> Response[ResultReportOut]:
    """How many students reached which level, SLO by SLO."""
    asked = ReportAsked(term or "", kind or "", org or "", course or "", slo or "")
    view = slo_report(caller.viewer, asked)
    rules = rule_words(view.rule, own_sections=view.own_sections)
    return with_etag(
        ResultReportOut(
            _term(view.scope.term),
            [_level(one) for one in view.levels],
            [_line(bar) for bar in view.bars],
            [_line(bar) for bar in view.trend],
            list(rules),
        )
    )


@reading("/reports/disaggregation", _TAG, Right.READ_REPORTS)
def report_disaggregation(
    caller: Injected[Caller],
    disaggregation: Injected[Disaggregation],
    term: TermAsked = None,
    kind: KindAsked = None,
    org: OrgAsked = None,
    course: CourseAsked = None,
    slo: SloAsked = None,
    by: SplitAsked = None,
) -> Response[ResultReportOut]:
    """One SLO's results by group; the first line has all students."""
    asked = ReportAsked(term or "", kind or "", org or "", course or "", slo or "", by or "")
    view = disaggregation(caller.viewer, asked)
    rules = rule_words(view.rule, own_sections=view.own_sections)
    total = [_line(view.total)] if view.total else []
    return with_etag(
        ResultReportOut(
            _term(view.scope.term),
            [_level(one) for one in view.levels],
            [*total, *(_line(bar) for bar in view.bars)],
            [],
            list(rules),
        )
    )


@reading("/reports/participation", _TAG, Right.READ_REPORTS)
def report_participation(
    caller: Injected[Caller],
    participation_report: Injected[ParticipationReport],
    term: TermAsked = None,
    org: OrgAsked = None,
    course: CourseAsked = None,
) -> Response[ParticipationOut]:
    """Where assessments stand in the sections, course by course."""
    asked = ReportAsked(term or "", org=org or "", course=course or "")
    view = participation_report(caller.viewer, asked)
    return with_etag(
        ParticipationOut(
            _term(view.scope.term),
            _course(view.total),
            [_course(line) for line in view.lines],
            [slo.code for slo in view.never_assessed],
        )
    )


def _term(term: Term | None) -> str | None:
    return term.id if term else None


def _level(one: LevelHead) -> LevelOut:
    return LevelOut(one.code, one.name, one.met)


def _line(bar: Bar) -> ResultLineOut:
    known = not bar.is_withheld
    return ResultLineOut(
        label=bar.label,
        title=bar.title,
        students={one.level.code: one.students for one in bar.shares} if known else None,
        assessed=bar.assessed if known else None,
        met_share=bar.met,
        target=bar.target,
        met_share_before=bar.before,
        withheld=bar.is_withheld,
        more_withheld=bar.more_withheld,
    )


def _course(line: ParticipationLine) -> ParticipationLineOut:
    states = {state.value: count for state, count in line.states.items()}
    return ParticipationLineOut(line.code, line.title, line.sections, line.without, states)


ROUTES = (report_slo, report_disaggregation, report_participation)
