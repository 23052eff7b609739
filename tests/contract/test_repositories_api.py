"""What the stores of tokens and the long lists of the API promise."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from application.errors import Invalid, NotFound
from application.ports.listings import (
    AssessmentsWanted,
    CoursesWanted,
    EnrolmentsWanted,
    ImportsWanted,
    LinksWanted,
    Listings,
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
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.access import Role
from domain.api_token import ApiToken, TokenScope
from domain.ids import (
    ApiTokenId,
    AssessmentId,
    CourseId,
    OrgId,
    PersonId,
    RowId,
    SectionAssessmentId,
    SectionId,
    TermId,
)
from domain.rostering import EnrolmentRole
from domain.sight import Sight
from domain.slo import SloState
from tests.builders import (
    College,
    a_course,
    a_link,
    a_person,
    a_score,
    a_section,
    a_section_assessment,
    a_term,
    an_assessment,
    an_enrolment,
    an_org,
    an_slo,
)
from tests.exchange_builders import a_score_import, a_sync_run
from tests.stand_ins import NOON

ENGLISH, HISTORY = OrgId("org-english"), OrgId("org-history")
FIRST, SECOND = SectionId("section-engl101-01"), SectionId("section-engl101-02")
ALL = Turn(100)

STEWARD = Sight(PersonId("person-stew"), Role.DATA_STEWARD)
READER = Sight(PersonId("person-rita"), Role.READER, orgs=frozenset({ENGLISH, HISTORY}))
READER_HERE = Sight(PersonId("person-rita"), Role.READER, orgs=frozenset({ENGLISH}))
EVALUATOR = Sight(PersonId("person-eva"), Role.EVALUATOR)
COORDINATOR = Sight(PersonId("person-cora"), Role.COORDINATOR, orgs=frozenset({ENGLISH}))
FACULTY = Sight(PersonId("person-tess"), Role.FACULTY, sections=frozenset({FIRST}))
STUDENT = Sight(PersonId("person-ana"), Role.STUDENT, sections=frozenset({FIRST}))


@pytest.fixture
def listings(units: UnitOfWorkFactory) -> Iterator[Listings]:
    """English with two sections, history with one; an essay in the first and in history's."""
    with units() as unit:
        College().store(unit)
        unit.roster.put_orgs([an_org("history")])
        unit.roster.put_terms([a_term("spring")])
        unit.roster.put_courses([a_course("hist1", org_id=HISTORY)])
        unit.roster.put_sections(
            [a_section("hist1-01", course_id=CourseId("course-hist1"), org_id=HISTORY,
                       term_id=TermId("term-spring"), active=False)]
        )  # fmt: skip
        unit.roster.put_people(
            [a_person("hugo"), a_person("zoe"), *map(a_person, ("stew", "rita", "eva", "cora"))]
        )
        unit.roster.put_enrolments(
            [an_enrolment("hugo", "hist1-01", role=EnrolmentRole.TEACHER),
             an_enrolment("zoe", "hist1-01"), an_enrolment("ben", "hist1-01"),
             an_enrolment("zoe", active=False)]
        )  # fmt: skip
        unit.outcomes.put_slos(
            [an_slo("draft", state=SloState.DRAFT),
             an_slo("past", course_id=CourseId("course-hist1")),
             an_slo("dept", course_id=None, org_id=HISTORY),
             an_slo("whole", course_id=None)]
        )  # fmt: skip
        unit.assessments.save(
            an_assessment("quiz", org_id=HISTORY, owner_id=PersonId("person-hugo"))
        )
        unit.assessments.save(an_assessment("shared", org_id=HISTORY, owner_id=None,
                                            in_library=True))  # fmt: skip
        unit.assessments.save_work(
            a_section_assessment("quiz", section_id=SectionId("section-hist1-01"),
                                 released_at=NOON)
        )  # fmt: skip
        quiz = SectionAssessmentId("work-quiz")
        unit.scores.save(a_score("ana"))
        unit.scores.save(a_score("ben", "evidence", scored_at=NOON + timedelta(days=1)))
        unit.scores.save(a_score("ben", section_assessment_id=quiz))
        unit.links.save(a_link())
        unit.links.save(a_link("quiz", section_assessment_id=quiz, unlinked_at=NOON,
                               section_id=SectionId("section-hist1-01")))  # fmt: skip
        unit.sync_runs.save(a_sync_run("one", work_id=SectionAssessmentId("work-essay")))
        unit.sync_runs.save(a_sync_run("two", requested_by="person-cora"))
        unit.imports.save(a_score_import("one"))
        unit.imports.save(a_score_import("two", work_id=quiz))
        unit.commit()
    with units(write=False) as unit:
        yield unit.listings


def ids(page: Page) -> set[str]:  # type: ignore[type-arg] # of any kind of record
    return {record.id.partition("-")[2] for record in page.records}


class TestPaging:
    @pytest.mark.parametrize("limit", [1, 2, 3, 50])
    def test_turn_by_turn_everything_comes_once_in_order(
        self, listings: Listings, limit: int
    ) -> None:
        found, turn = [], Turn(limit)
        while True:
            page = listings.people(STEWARD, PeopleWanted(), turn)
            assert len(page.records) <= limit
            found += [person.id for person in page.records]
            if page.after is None:
                break
            turn = Turn(limit, page.after)

        assert found == sorted(set(found))
        assert len(found) == 9

    @pytest.mark.parametrize("limit", [1, 2, 3])
    def test_so_do_scores_whose_key_has_three_parts(self, listings: Listings, limit: int) -> None:
        first = listings.scores(STEWARD, ScoresWanted(), Turn(limit))
        rest = (
            listings.scores(STEWARD, ScoresWanted(), Turn(9, first.after)) if first.after else None
        )

        found = [*first.records, *(rest.records if rest else ())]
        keys = [(one.section_assessment_id, one.student_id, one.row_id) for one in found]
        assert keys == sorted(set(keys))
        assert len(keys) == 3

    def test_a_foreign_cursor_is_refused(self, listings: Listings) -> None:
        with pytest.raises(Invalid, match="cursor"):
            listings.people(STEWARD, PeopleWanted(), Turn(1, ("a", "b", "c")))
        with pytest.raises(Invalid, match="cursor"):
            listings.scores(STEWARD, ScoresWanted(), Turn(1, ("a",)))

    def test_whatever_stands_behind_the_end_is_empty(self, listings: Listings) -> None:
        assert listings.terms(TermsWanted(), Turn(5, ("z",))) == Page((), None)


See = Callable[[Listings, Sight], set[str]]
KINDS: dict[str, See] = {
    "sections": lambda its, sight: ids(its.sections(sight, SectionsWanted(), ALL)),
    "people": lambda its, sight: ids(its.people(sight, PeopleWanted(), ALL)),
    "slos": lambda its, sight: ids(its.slos(sight, SlosWanted(), ALL)),
    "assessments": lambda its, sight: ids(its.assessments(sight, AssessmentsWanted(), ALL)),
    "works": lambda its, sight: ids(its.works(sight, WorksWanted(), ALL)),
    "links": lambda its, sight: ids(its.links(sight, LinksWanted(), ALL)),
    "imports": lambda its, sight: ids(its.imports(sight, ImportsWanted(), ALL)),
    "sync runs": lambda its, sight: ids(its.sync_runs(sight, SyncRunsWanted(), ALL)),
    "scores": lambda its, sight: {
        f"{one.student_id}/{one.section_assessment_id}"
        for one in its.scores(sight, ScoresWanted(), ALL).records
    },
    "enrolments": lambda its, sight: {
        f"{one.person_id.removeprefix('person-')}@{one.section_id.removeprefix('section-')}"
        for one in its.enrolments(sight, EnrolmentsWanted(), ALL).records
    },
}
OWN = {"engl101-01", "engl101-02"}
EVERY_SLO = {"thesis", "draft", "past", "dept", "whole"}
SEEN: dict[str, list[tuple[Sight, set[str]]]] = {
    "sections": [(STEWARD, OWN | {"hist1-01"}), (READER, OWN | {"hist1-01"}), (READER_HERE, OWN),
                 (COORDINATOR, OWN), (FACULTY, {"engl101-01"}), (STUDENT, {"engl101-01"}),
                 (EVALUATOR, set())],
    "people": [(STEWARD, {"tess", "ana", "ben", "hugo", "zoe", "stew", "rita", "eva", "cora"}),
               (READER, {"rita"}), (COORDINATOR, {"cora", "tess"}), (EVALUATOR, {"eva"}),
               (FACULTY, {"tess", "ana", "ben"}), (STUDENT, {"ana"})],
    "enrolments": [(STEWARD, {"tess@engl101-01", "ana@engl101-01", "ben@engl101-01",
                              "zoe@engl101-01", "hugo@hist1-01", "zoe@hist1-01", "ben@hist1-01"}),
                   (READER, set()), (COORDINATOR, {"tess@engl101-01"}), (EVALUATOR, set()),
                   (FACULTY, {"tess@engl101-01", "ana@engl101-01", "ben@engl101-01",
                              "zoe@engl101-01"}),
                   (STUDENT, {"ana@engl101-01"})],
    "slos": [(STEWARD, EVERY_SLO), (READER, EVERY_SLO - {"draft"}),
             (READER_HERE, {"thesis", "whole"}),
             (COORDINATOR, {"thesis", "draft", "whole"}),
             (FACULTY, {"thesis", "whole"}),
             (STUDENT, {"thesis", "whole"}), (EVALUATOR, {"whole"})],
    "assessments": [(STEWARD, {"essay", "quiz", "shared"}), (READER, {"essay", "quiz", "shared"}),
                    (READER_HERE, {"essay", "shared"}),
                    (COORDINATOR, {"essay", "shared"}), (FACULTY, {"essay", "shared"}),
                    (STUDENT, {"essay"}), (EVALUATOR, {"shared"})],
    "works": [(STEWARD, {"essay", "quiz"}), (READER, {"essay", "quiz"}), (READER_HERE, {"essay"}),
              (COORDINATOR, {"essay"}),
              (FACULTY, {"essay"}), (STUDENT, {"essay"}), (EVALUATOR, set())],
    "links": [(STEWARD, {"essay", "quiz"}), (COORDINATOR, {"essay"}), (FACULTY, {"essay"})],
    "imports": [(STEWARD, {"one", "two"}), (COORDINATOR, {"one"}), (FACULTY, {"one"})],
    "sync runs": [(STEWARD, {"one", "two"}), (COORDINATOR, {"two"}), (FACULTY, {"one"})],
    "scores": [(STEWARD, {"person-ana/work-essay", "person-ben/work-essay",
                          "person-ben/work-quiz"}),
               (COORDINATOR, set()), (READER, set()), (EVALUATOR, set()), (STUDENT, set()),
               (FACULTY, {"person-ana/work-essay", "person-ben/work-essay"}),
               (replace(STUDENT, person_id=PersonId("person-ben"),
                        sections=frozenset({SectionId("section-hist1-01")})),
                {"person-ben/work-quiz"})],
}  # fmt: skip


@pytest.mark.parametrize("kind", SEEN)
def test_each_role_sees_its_own(listings: Listings, kind: str) -> None:
    seen = [(sight.role, KINDS[kind](listings, sight)) for sight, _ in SEEN[kind]]

    assert seen == [(sight.role, expected) for sight, expected in SEEN[kind]]


def test_all_see_orgs_terms_courses_and_scales(listings: Listings) -> None:
    assert ids(listings.orgs(OrgsWanted(), ALL)) == {"english", "history"}
    assert ids(listings.terms(TermsWanted(active=True), ALL)) == {"fall", "spring"}
    assert ids(listings.courses(CoursesWanted(org_id=HISTORY), ALL)) == {"hist1"}
    assert ids(listings.scales(ScalesWanted(code="four"), ALL)) == {"four"}


class TestWanted:
    def test_sections(self, listings: Listings) -> None:
        def found(**wanted: object) -> set[str]:
            return ids(listings.sections(STEWARD, SectionsWanted(**wanted), ALL))  # type: ignore[arg-type]

        assert found(term_id="term-spring") == {"hist1-01"}
        assert found(active=False) == {"hist1-01"}
        assert found(title="ENGL101-02", org_id="org-english") == {"engl101-02"}
        assert found(source_id="src-engl101-01", course_id="course-engl101") == {"engl101-01"}
        assert found(id="section-nowhere") == set()

    def test_people_by_what_is_known_of_them(self, listings: Listings) -> None:
        def found(sight: Sight = STEWARD, **wanted: object) -> set[str]:
            return ids(listings.people(sight, PeopleWanted(**wanted), ALL))  # type: ignore[arg-type]

        assert found(tech_id="Cana") == {"ana"}
        assert found(login="ana") == found(email="ana@example.edu") == {"ana"}
        assert found(active=False) == set()
        assert found(section_id=FIRST) == {"tess", "ana", "ben"}
        assert found(COORDINATOR, section_id=FIRST) == {"tess"}
        assert found(STUDENT, section_id=FIRST) == {"ana"}
        assert found(FACULTY, section_id=SectionId("section-hist1-01")) == set()
        assert found(FACULTY, id=PersonId("person-hugo")) == set()

    def test_enrolments(self, listings: Listings) -> None:
        def found(**wanted: object) -> int:
            page = listings.enrolments(STEWARD, EnrolmentsWanted(**wanted), ALL)  # type: ignore[arg-type]
            return len(page.records)

        assert found(section_id=FIRST, role=EnrolmentRole.STUDENT, active=True) == 2
        assert found(person_id=PersonId("person-zoe")) == 2
        assert found(term_id=TermId("term-spring")) == 3

    def test_what_is_assessed(self, listings: Listings) -> None:
        library = listings.assessments(STEWARD, AssessmentsWanted(in_library=True), ALL)
        by_code = listings.assessments(STEWARD, AssessmentsWanted(code="QUIZ"), ALL)
        of_term = listings.works(STEWARD, WorksWanted(term_id=TermId("term-fall")), ALL)
        of_course = listings.works(STEWARD, WorksWanted(course_id=CourseId("course-hist1")), ALL)
        of_both = listings.works(
            STEWARD, WorksWanted(assessment_id=AssessmentId("assessment-quiz"), section_id=FIRST),
            ALL,
        )  # fmt: skip
        retired = listings.slos(STEWARD, SlosWanted(state=SloState.RETIRED), ALL)
        dept = listings.slos(STEWARD, SlosWanted(org_id=HISTORY), ALL)

        assert [ids(library), ids(by_code)] == [{"shared"}, {"quiz"}]
        assert [ids(of_term), ids(of_course), ids(of_both)] == [{"essay"}, {"quiz"}, set()]
        assert [ids(retired), ids(dept)] == [set(), {"dept"}]

    def test_scores(self, listings: Listings) -> None:
        def found(**wanted: object) -> int:
            return len(listings.scores(STEWARD, ScoresWanted(**wanted), ALL).records)  # type: ignore[arg-type]

        assert found(work_id=SectionAssessmentId("work-essay")) == 2
        assert found(student_id=PersonId("person-ben")) == 2
        assert found(row_id=RowId("row-evidence")) == 1
        assert found(section_id=SectionId("section-hist1-01")) == 1
        assert found(since=NOON + timedelta(hours=1)) == 1

    def test_the_exchange(self, listings: Listings) -> None:
        active = listings.links(STEWARD, LinksWanted(active=True), ALL)
        undone = listings.links(STEWARD, LinksWanted(active=False), ALL)
        there = listings.imports(STEWARD, ImportsWanted(section_id=FIRST), ALL)

        assert [ids(active), ids(undone), ids(there)] == [{"essay"}, {"quiz"}, {"one"}]


def a_token(key: str = "one", **changes: object) -> ApiToken:
    token = ApiToken(
        ApiTokenId(f"token-{key}"), f"hash-{key}", PersonId("person-tess"), Role.FACULTY,
        TokenScope.READ, "Nightly", NOON, NOON + timedelta(days=30), None, None,
    )  # fmt: skip
    return replace(token, **changes)  # type: ignore[arg-type]


class TestTokens:
    @pytest.fixture
    def college(self, units: UnitOfWorkFactory) -> UnitOfWorkFactory:
        with units() as unit:
            College().store(unit)
            unit.api_tokens.put(a_token())
            unit.api_tokens.put(a_token("two", created_at=NOON + timedelta(days=1)))
            unit.commit()
        return units

    def test_are_found_by_hash_and_by_person(self, college: UnitOfWorkFactory) -> None:
        with college(write=False) as unit:
            assert unit.api_tokens.by_hash("hash-one") == a_token()
            assert unit.api_tokens.by_hash("hash-none") is None
            newest = [token.id for token in unit.api_tokens.of_person(PersonId("person-tess"))]
            assert newest == ["token-two", "token-one"]
            with pytest.raises(NotFound):
                unit.api_tokens.get(ApiTokenId("token-none"))

    def test_remember_their_use_and_end(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.api_tokens.touch(ApiTokenId("token-one"), NOON)
            unit.api_tokens.put(a_token("two", revoked_at=NOON))
            unit.commit()
        with college(write=False) as unit:
            assert unit.api_tokens.get(ApiTokenId("token-one")).last_used_at == NOON
            assert unit.api_tokens.get(ApiTokenId("token-two")).revoked_at == NOON
