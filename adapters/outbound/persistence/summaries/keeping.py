"""Bring results and counts up to what a unit wrote: only the groups that moved."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import BindParameter, Connection, Integer, bindparam, delete, or_, select

from adapters.outbound.persistence.columns import Choice
from adapters.outbound.persistence.records import batches
from adapters.outbound.persistence.repositories.audit import one_at_a_time
from adapters.outbound.persistence.summaries.reading import COUNTS, RESULTS, results_now
from adapters.outbound.persistence.tables import rostering, scoring, summaries
from adapters.outbound.persistence.touched import Touched
from domain.assessment import Purpose
from domain.ids import SectionAssessmentId, SloId, TermId
from domain.results import SloResults, counts_of
from domain.several_results import settled

Group = tuple[SloId, TermId, Purpose]
Key = tuple[SectionAssessmentId, SloId]

_AMONG: BindParameter[str] = bindparam("among", expanding=True)
_result, _count = summaries.slo_results.c, summaries.slo_counts.c
_OF_WORKS = RESULTS.select.where(_result.work_id.in_(_AMONG))
_OF_SLOS = RESULTS.select.where(
    _result.slo_id.in_(_AMONG), _result.term_id.in_(bindparam("terms", expanding=True))
)
_REMOVE = delete(summaries.slo_results).where(
    _result.work_id == bindparam("gone_work"), _result.slo_id == bindparam("gone_slo")
)
_REMOVE_COUNT = delete(summaries.slo_counts).where(
    _count.term_id == bindparam("gone_term"),
    _count.purpose == bindparam("gone_purpose", type_=Choice(Purpose)),
    _count.slo_id == bindparam("gone_slo"),
    _count.slo_version == bindparam("gone_version", type_=Integer()),
    _count.course_id == bindparam("gone_course"),
)
_GONE = ("gone_term", "gone_purpose", "gone_slo", "gone_version", "gone_course")
"""In the order of a count's key."""
_RESULTS_OF_WORK = scoring.works.c.id == _result.work_id
_MOVED = (
    select(_result.work_id)
    .join(scoring.works, _RESULTS_OF_WORK)
    .join(rostering.sections, rostering.sections.c.id == scoring.works.c.section_id)
    .where(
        rostering.sections.c.id.in_(_AMONG),
        or_(
            rostering.sections.c.term_id != _result.term_id,
            rostering.sections.c.course_id != _result.course_id,
        ),
    )
)
_REPURPOSED = (
    select(_result.work_id)
    .join(scoring.works, _RESULTS_OF_WORK)
    .join(scoring.assessments, scoring.assessments.c.id == scoring.works.c.assessment_id)
    .where(
        scoring.assessments.c.id.in_(_AMONG),
        or_(
            scoring.assessments.c.purpose != _result.purpose,
            # Scored before snapshots were taken: its rubric is still that of the assessment.
            scoring.works.c.snapshot.is_(None),
        ),
    )
)


def keep(connection: Connection, touched: Touched) -> None:
    """Count again what was touched. To be called before the unit commits or reads results.

    On PostgreSQL one unit at a time counts, each seeing what those before it have committed:
    two who score different students of a section must both be counted.
    """
    if not touched:
        return
    works = set(touched.works)
    for statement, ids in ((_MOVED, touched.sections), (_REPURPOSED, touched.assessments)):
        for batch in batches(ids):
            works.update(connection.execute(statement, {"among": batch}).scalars())
    touched.clear()
    if works:
        one_at_a_time(connection)
        keep_works(connection, works, {})


def keep_works(
    connection: Connection, works: Collection[SectionAssessmentId], known: Mapping[Key, int]
) -> None:
    """Count these assessments in sections again, and the groups that they change.

    `known` are versions of SLOs that results were given for, besides those of stored results.
    """
    before = {_key(one): one for one in RESULTS.among(connection, _OF_WORKS, works)}
    versions = {**known, **{key: one.slo_version for key, one in before.items()}}
    now = {_key(one): one for one in results_now(connection, works, versions)}
    changed = {key: one for key, one in now.items() if _differs(before.get(key), one)}
    gone = [key for key in before if key not in now]
    moved = [*changed.values(), *(before[key] for key in (*changed, *gone) if key in before)]
    _remove(connection, gone)
    if moved:
        _settle(connection, moved, changed)


def _differs(before: SloResults | None, now: SloResults) -> bool:
    if before is None:
        return True
    return _content(before) != _content(now)


def _content(one: SloResults) -> tuple[object, ...]:
    where = one.group, one.course_id, one.section_id
    return where, one.slo_version, one.levels, one.students, one.reached, one.times


def _settle(
    connection: Connection, moved: Collection[SloResults], changed: dict[Key, SloResults]
) -> None:
    """Say anew who counts where in the groups of `moved`, and write what became another."""
    groups = {one.group for one in moved}
    slos, terms = {slo for slo, _, _ in groups}, tuple({term for _, term, _ in groups})
    stored = {_key(one): one for one in RESULTS.among(connection, _OF_SLOS, slos, terms=terms)}
    standing = {key: one for key, one in stored.items() if key not in changed} | changed
    members: dict[Group, list[SloResults]] = {group: [] for group in groups}
    for one in standing.values():
        if one.group in members:
            members[one.group].append(one)
    after = [one for group in members.values() for one in settled(group)]
    RESULTS.put(connection, (one for one in after if stored.get(_key(one)) != one))
    _count_again(
        connection, (*moved, *(one for one in stored.values() if one.group in groups)), after
    )


def _count_again(
    connection: Connection, before: Iterable[SloResults], after: Iterable[SloResults]
) -> None:
    """Of all results of some groups. Which counts there were follows from those before."""
    counts = counts_of(after)
    COUNTS.put(connection, counts)
    for key in {one.count_key for one in before} - {one.key for one in counts}:
        connection.execute(_REMOVE_COUNT, dict(zip(_GONE, key, strict=True)))


def _remove(connection: Connection, keys: Iterable[Key]) -> None:
    for work_id, slo_id in keys:
        connection.execute(_REMOVE, {"gone_work": work_id, "gone_slo": slo_id})


def _key(one: SloResults) -> Key:
    return one.work_id, one.slo_id
