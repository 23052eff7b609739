"""Compare what is kept for reports with the scores, and make it again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing

from sqlalchemy import Connection, bindparam, delete, exists, select, union

from adapters.outbound.persistence.engine import open_engines
from adapters.outbound.persistence.repositories.audit import one_at_a_time
from adapters.outbound.persistence.summaries.keeping import keep_works
from adapters.outbound.persistence.summaries.naming import Names
from adapters.outbound.persistence.summaries.reading import COUNTS, RESULTS, results_now
from adapters.outbound.persistence.tables import rostering, scoring, summaries
from domain.ids import SectionAssessmentId, SloId
from domain.results import SloCount, SloResults, counts_of
from domain.several_results import settled

_PORTION = 500
"""Assessments in sections that are counted at once."""
_result, _count, _work = summaries.slo_results.c, summaries.slo_counts.c, scoring.works.c
_IS_SCORED = exists().where(scoring.scores.c.section_assessment_id == _work.id, scoring.IS_DECIDED)
# Those of one SLO stand together, so that most groups are settled once.
_SCORED = (
    select(_work.id)
    .join(rostering.sections, rostering.sections.c.id == _work.section_id)
    .where(_IS_SCORED)
    .order_by(rostering.sections.c.term_id, rostering.sections.c.course_id, _work.assessment_id)
)
_MISSING = _SCORED.where(~exists().where(_result.work_id == _work.id))
_OF_TERM = _SCORED.where(rostering.sections.c.term_id == bindparam("term_id"))
_TERMS = union(
    select(rostering.sections.c.term_id), select(_result.term_id), select(_count.term_id)
)
_VERSIONS = select(_result.work_id, _result.slo_id, _result.slo_version)
_RESULTS_OF = RESULTS.select.where(_result.term_id == bindparam("term_id"))
_COUNTS_OF = COUNTS.select.where(_count.term_id == bindparam("term_id"))
_UNCOUNTED = select(_result.work_id).where(~exists().select_from(summaries.slo_counts)).limit(1)
_Versions = dict[tuple[SectionAssessmentId, SloId], int]


def fill(connection: Connection) -> None:
    """Count what was scored before results or counts were kept; what is kept already stays."""
    if connection.execute(_UNCOUNTED).first() is not None:
        _count_all(connection)
    if connection.execute(_MISSING.limit(1)).first() is not None:
        _keep_all(connection, connection.execute(_MISSING).scalars().all(), {})


def _count_all(connection: Connection) -> None:
    """From the results, term by term."""
    for term_id in sorted(connection.execute(_TERMS).scalars()):
        COUNTS.put(connection, counts_of(RESULTS.fetch(connection, _RESULTS_OF, term_id=term_id)))


def rebuild(connection: Connection) -> None:
    """Forget all results and counts and make them again; versions stay with their results."""
    one_at_a_time(connection)
    versions = _versions(connection)
    connection.execute(delete(summaries.slo_results))
    connection.execute(delete(summaries.slo_counts))
    connection.execute(delete(summaries.roll_ups))
    _keep_all(connection, connection.execute(_SCORED).scalars().all(), versions)


def differences(connection: Connection) -> Iterator[str]:
    """A sentence for everything that is kept otherwise than the scores say, term by term."""
    versions, names = _versions(connection), Names(connection)
    for term_id in sorted(connection.execute(_TERMS).scalars()):
        works = connection.execute(_OF_TERM, {"term_id": term_id}).scalars().all()
        now = _settled(results_now(connection, works, versions))
        kept = RESULTS.fetch(connection, _RESULTS_OF, term_id=term_id)
        yield from _of_results(names, kept, now)
        counts = COUNTS.fetch(connection, _COUNTS_OF, term_id=term_id)
        yield from _of_counts(names, counts, now)


def rebuild_at(url: str) -> None:
    """The same of a database by its address."""
    with closing(open_engines(url)) as engines, engines.writer.begin() as connection:
        rebuild(connection)


def _keep_all(
    connection: Connection, works: Iterable[SectionAssessmentId], versions: _Versions
) -> None:
    ordered = list(works)
    for start in range(0, len(ordered), _PORTION):
        keep_works(connection, ordered[start : start + _PORTION], versions)


def _versions(connection: Connection) -> _Versions:
    return {
        (SectionAssessmentId(work_id), SloId(slo_id)): version
        for work_id, slo_id, version in connection.execute(_VERSIONS)
    }


def _settled(results: Iterable[SloResults]) -> list[SloResults]:
    groups = defaultdict(list)
    for one in results:
        groups[one.group].append(one)
    return [one for group in groups.values() for one in settled(group)]


def _of_results(
    names: Names, kept: Iterable[SloResults], now: Iterable[SloResults]
) -> Iterator[str]:
    stored = {(one.work_id, one.slo_id): one for one in kept}
    scored = {(one.work_id, one.slo_id): one for one in now}
    for key in sorted(stored.keys() | scored.keys()):
        before, after = stored.get(key), scored.get(key)
        if before != after:
            yield (
                f"{names.work(key[0])}, SLO {names.slo(key[1])}: "
                f"kept {_said(before)}, the scores say {_said(after)}."
            )


def _of_counts(names: Names, kept: Iterable[SloCount], now: Iterable[SloResults]) -> Iterator[str]:
    stored = {one.key: one for one in kept}
    scored = {one.key: one for one in counts_of(now)}
    for key in sorted(stored.keys() | scored.keys()):
        before, after = stored.get(key), scored.get(key)
        if before != after:
            term_id, purpose, slo_id, version, course_id = key
            yield (
                f"{names.term(term_id)}, {names.course(course_id)}, "
                f"SLO {names.slo(slo_id)} version {version}, {purpose}: "
                f"kept {_counted(before)}, the scores say {_counted(after)}."
            )


def _said(one: SloResults | None) -> str:
    if one is None:
        return "nothing"
    levels = [f"{count} {level}" for level, count in one.counted_levels.items()]
    return f"{len(one.students)} students ({', '.join([*levels, f'{one.counted[-1]} N/A'])} count)"


def _counted(one: SloCount | None) -> str:
    if one is None:
        return "nothing"
    levels = [f"{count} {level}" for level, count in sorted(one.levels.items())]
    return ", ".join([*levels, f"{one.not_assessed} N/A"])
