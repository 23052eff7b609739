"""Reports on how scorers agree, and on what became of results."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from litestar import Response

from adapters.inbound.http.api.asked import named
from adapters.inbound.http.api.doors import reading
from adapters.inbound.http.api.reading import with_etag
from adapters.inbound.http.api.reports import CourseAsked, OrgAsked, TermAsked
from adapters.inbound.http.api.wire import Out
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from application.reports.agreement_report import AgreementLine, AgreementReport
from application.reports.asked import ReportAsked
from application.reports.improvement_report import ImprovementLine, ImprovementReport
from application.reports.rule_words import rule_words
from domain.access import Right

_TAG = "Reports"
AnyTermAsked = Annotated[str | None, named("term", "Id, source id or name; all terms without.")]


class AgreementLineOut(Out, frozen=True):
    """Of work that two people scored. Shares are in per cent, kappas numbers as text.

    Where `withheld` is true, and where a figure says nothing, it is null.
    """

    assessment: str
    course: str
    cells: int | None
    exact: str | None
    adjacent: str | None
    kappa: str | None
    weighted_kappa: str | None
    withheld: bool


class AgreementOut(Out, frozen=True):
    """`rules` say in words what is withheld."""

    term: str | None
    lines: list[AgreementLineOut]
    rules: list[str]


class ImprovementLineOut(Out, frozen=True):
    """Action plans by state, those that were withdrawn too; `closed` are followed up."""

    results_of: str
    org: str
    opened: int
    closed: int
    closed_share: Decimal | None
    states: Mapping[str, int]


class ImprovementReportOut(Out, frozen=True):
    """`term` null: of all terms. Each line is of one org and the term of the results."""

    term: str | None
    total: ImprovementLineOut
    lines: list[ImprovementLineOut]
    rules: list[str]


@reading("/reports/agreement", _TAG, Right.READ_REPORTS)
def report_agreement(
    caller: Injected[Caller],
    agreement_report: Injected[AgreementReport],
    term: TermAsked = None,
    org: OrgAsked = None,
    course: CourseAsked = None,
) -> Response[AgreementOut]:
    """How far two scorers of the same work agree, by assessment and course."""
    asked = ReportAsked(term or "", org=org or "", course=course or "")
    view = agreement_report(caller.viewer, asked)
    rules = rule_words(view.rule, own_sections=view.own_sections)
    term_id = view.scope.term.id if view.scope.term else None
    return with_etag(AgreementOut(term_id, [_agreement(one) for one in view.lines], list(rules)))


@reading("/reports/improvement", _TAG, Right.READ_REPORTS)
def report_improvement(
    caller: Injected[Caller],
    improvement_report: Injected[ImprovementReport],
    term: AnyTermAsked = None,
    org: OrgAsked = None,
    course: CourseAsked = None,
) -> Response[ImprovementReportOut]:
    """Action plans that results led to; of all terms where none is named."""
    asked = ReportAsked(term or "", org=org or "", course=course or "")
    view = improvement_report(caller.viewer, asked)
    term_id = view.scope.term.id if view.scope.term else None
    lines = [_improvement(one) for one in view.lines]
    return with_etag(
        ImprovementReportOut(term_id, _improvement(view.total), lines, list(view.rules))
    )


def _agreement(line: AgreementLine) -> AgreementLineOut:
    one = line.figures
    return AgreementLineOut(
        assessment=line.assessment,
        course=line.course_code,
        cells=one.cells if one else None,
        exact=one.exact or None if one else None,
        adjacent=one.adjacent or None if one else None,
        kappa=one.kappa or None if one else None,
        weighted_kappa=one.weighted_kappa or None if one else None,
        withheld=one is None,
    )


def _improvement(line: ImprovementLine) -> ImprovementLineOut:
    states = {state.value: count for state, count in line.states.items()}
    return ImprovementLineOut(
        line.term, line.org, line.opened, line.closed, line.closed_share, states
    )


ROUTES = (report_agreement, report_improvement)
