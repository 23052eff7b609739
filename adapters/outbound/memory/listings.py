"""Long lists by key."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from adapters.outbound.memory.rows import Rows
from adapters.outbound.memory.seen import Seen
from adapters.outbound.memory.store import Transaction
from application.errors import Invalid
from application.ports.listings import (
    AssessmentsWanted,
    CoursesWanted,
    EnrolmentsWanted,
    ImportsWanted,
    Key,
    LinksWanted,
    Listings,
    LoadsWanted,
    OrgsWanted,
    Page,
    PeopleWanted,
    ScalesWanted,
    ScoresWanted,
    SectionsWanted,
    SlosWanted,
    SyncRunsWanted,
    TermsWanted,
    Turn,
    WorksWanted,
)
from application.rosters.load_runs import LoadRun
from domain.assessment import Assessment, SectionAssessment
from domain.identity import LocalField, comparable
from domain.ids import SectionId
from domain.link import Link
from domain.outcomes.sync_run import SyncRun
from domain.rostering import Course, Enrolment, Org, Person, Section, Term, comparable_title
from domain.scale import AssessmentScale
from domain.score import Score
from domain.score_import.import_run import ScoreImport
from domain.sight import Sight
from domain.slo import Slo

R = TypeVar("R")


class MemoryListings(Listings):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._sections = Rows[Section](transaction, "section", lambda section: section.id)

    def _page(
        self, kind: str, key_of: Callable[[R], Key], holds: Callable[[R], bool], turn: Turn
    ) -> Page[R]:
        found = Rows[R](self._transaction, kind, key_of).where(holds)
        found.sort(key=key_of)
        if turn.after is not None:
            if len(turn.after) != _WIDTHS[key_of]:
                raise Invalid("cursor", "give the one that came with the page before.")
            found = [record for record in found if key_of(record) > turn.after]
        shown = tuple(found[: turn.limit])
        return Page(shown, key_of(shown[-1]) if len(found) > turn.limit else None)

    def orgs(self, wanted: OrgsWanted, turn: Turn) -> Page[Org]:
        names = ("id", "code", "parent_id", "active")
        return self._page("org", _id, lambda one: _fits(one, wanted, names), turn)

    def terms(self, wanted: TermsWanted, turn: Turn) -> Page[Term]:
        return self._page("term", _id, lambda one: _fits(one, wanted, ("id", "active")), turn)

    def courses(self, wanted: CoursesWanted, turn: Turn) -> Page[Course]:
        names = ("id", "code", "org_id", "active")
        return self._page("course", _id, lambda one: _fits(one, wanted, names), turn)

    def scales(self, wanted: ScalesWanted, turn: Turn) -> Page[AssessmentScale]:
        return self._page("scale", _id, lambda one: _fits(one, wanted, ("id", "code")), turn)

    def load_runs(self, wanted: LoadsWanted, turn: Turn) -> Page[LoadRun]:
        return self._page("load run", _id, lambda one: _fits(one, wanted, ("id", "state")), turn)

    def sections(self, sight: Sight, wanted: SectionsWanted, turn: Turn) -> Page[Section]:
        seen = self._seen(sight)
        names = ("id", "term_id", "course_id", "org_id", "source_id", "active")

        def holds(one: Section) -> bool:
            titled = wanted.title in {None, comparable_title(one.title)}
            return titled and _fits(one, wanted, names) and seen.section(one)

        return self._page("section", _id, holds, turn)

    def people(self, sight: Sight, wanted: PeopleWanted, turn: Turn) -> Page[Person]:
        seen = self._seen(sight)
        near = None if sight.is_whole else seen.people()
        there = seen.enrolled_in(wanted.section_id) if wanted.section_id else None

        def holds(one: Person) -> bool:
            known = all(_within(one.id, ids) for ids in (near, there))
            return known and _fits(one, wanted, ("id", "active")) and _named(one, wanted)

        return self._page("person", _id, holds, turn)

    def enrolments(self, sight: Sight, wanted: EnrolmentsWanted, turn: Turn) -> Page[Enrolment]:
        seen = self._seen(sight)
        names = ("id", "section_id", "person_id", "role", "active")

        def holds(one: Enrolment) -> bool:
            in_term = wanted.term_id in {None, self._section(one.section_id).term_id}
            return in_term and _fits(one, wanted, names) and seen.enrolment(one)

        return self._page("enrolment", _id, holds, turn)

    def slos(self, sight: Sight, wanted: SlosWanted, turn: Turn) -> Page[Slo]:
        seen = self._seen(sight)
        names = ("id", "code", "kind", "state", "course_id", "org_id")
        return self._page("slo", _id, lambda one: _fits(one, wanted, names) and seen.slo(one), turn)

    def assessments(self, sight: Sight, wanted: AssessmentsWanted, turn: Turn) -> Page[Assessment]:
        seen = self._seen(sight)
        names = ("id", "code", "kind", "org_id", "in_library")
        return self._page(
            "assessment", _id, lambda one: _fits(one, wanted, names) and seen.assessment(one), turn
        )

    def works(self, sight: Sight, wanted: WorksWanted, turn: Turn) -> Page[SectionAssessment]:
        seen = self._seen(sight)

        def holds(one: SectionAssessment) -> bool:
            section = self._section(one.section_id)
            placed = _fits(section, wanted, ("course_id", "term_id"))
            own = _fits(one, wanted, ("id", "assessment_id", "section_id"))
            return placed and own and seen.section(section)

        return self._page("section assessment", _id, holds, turn)

    def scores(self, sight: Sight, wanted: ScoresWanted, turn: Turn) -> Page[Score]:
        seen = self._seen(sight)

        def holds(one: Score) -> bool:
            of_work = wanted.work_id in {None, one.section_assessment_id}
            since = wanted.since is None or (
                one.scored_at is not None and one.scored_at >= wanted.since
            )
            placed = wanted.section_id in {None, seen.work(one.section_assessment_id).section_id}
            fits = _fits(one, wanted, ("student_id", "row_id"))
            return of_work and since and placed and fits and seen.score(one)

        return self._page("score", _cell, holds, turn)

    def links(self, sight: Sight, wanted: LinksWanted, turn: Turn) -> Page[Link]:
        seen = self._seen(sight)

        def holds(one: Link) -> bool:
            of_work = wanted.work_id in {None, one.section_assessment_id}
            fits = _fits(one, wanted, ("id", "section_id", "active"))
            return of_work and fits and seen.at_section(one.section_id)

        return self._page("link", _id, holds, turn)

    def sync_runs(self, sight: Sight, wanted: SyncRunsWanted, turn: Turn) -> Page[SyncRun]:
        seen = self._seen(sight)
        names = ("id", "site_id", "work_id", "state")
        return self._page(
            "sync run", _id, lambda one: _fits(one, wanted, names) and seen.sync_run(one), turn
        )

    def imports(self, sight: Sight, wanted: ImportsWanted, turn: Turn) -> Page[ScoreImport]:
        seen = self._seen(sight)

        def holds(one: ScoreImport) -> bool:
            placed = wanted.section_id in {None, seen.work(one.work_id).section_id}
            fits = _fits(one, wanted, ("id", "work_id", "state"))
            return placed and fits and seen.at_work(one.work_id)

        return self._page("score import", _id, holds, turn)

    def _seen(self, sight: Sight) -> Seen:
        return Seen(self._transaction, sight)

    def _section(self, section_id: SectionId) -> Section:
        return self._sections.get("This section", section_id)


def _id(record: object) -> Key:
    return (getattr(record, "id"),)  # noqa: B009 all listed records have one, but no common type


def _cell(score: Score) -> Key:
    return score.section_assessment_id, score.student_id, score.row_id


_WIDTHS: dict[object, int] = {_id: 1, _cell: 3}


def _fits(record: object, wanted: object, names: Iterable[str]) -> bool:
    return all(getattr(wanted, name) in {None, getattr(record, name)} for name in names)


def _within(value: str, ids: Iterable[str] | None) -> bool:
    return ids is None or value in ids


def _named(person: Person, wanted: PeopleWanted) -> bool:
    pairs = (
        (wanted.tech_id, comparable(LocalField.TECH_ID, person.tech_id)),
        (wanted.login, comparable(LocalField.LOGIN, person.login)),
        (wanted.email, comparable(LocalField.EMAIL, person.email)),
    )
    return all(asked in {None, held} for asked, held in pairs)
