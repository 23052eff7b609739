"""The teacher's pages of outcomes, rubrics and SpeedGrader: who may, and what is written."""

import re
from dataclasses import replace
from html import unescape

import pytest

from sandbox.canvas.outcomes import add_group, children_of, links_in, root_group
from tests.sandbox.college import (
    BEN,
    COURSE,
    DESIGNER,
    ESSAY,
    HOST,
    MEI,
    MODERATED,
    OMAR,
    QUIZ_UNPUBLISHED,
    SUB_ADMIN,
    TA,
    TEACHER,
    TOOL,
    Practice,
    shown,
)
from tests.sandbox.rubric_calls import (
    REASONING,
    STYLE,
    assess,
    assignment_of,
    essay_rubric,
    read_back,
    with_outcomes,
)
from tests.sandbox.test_pages import Step, browse, fields

OUTCOMES = f"/courses/{COURSE}/outcomes"
RUBRICS = f"/courses/{COURSE}/rubrics"


def text_of(page: str) -> str:
    """What a page says, without its markup."""
    words = re.sub(r"<[^>]+>", " ", page[page.index("<main") :])
    return " ".join(unescape(words).split())


def import_one(number: int) -> Step:
    return ("POST", f"{OUTCOMES}/import", {"outcome": str(number)})


def desk(student: int, assignment: int = ESSAY) -> str:
    path = f"/courses/{COURSE}/gradebook/speed_grader"
    return f"{path}?assignment_id={assignment}&student_id={student}"


class TestOutcomes:
    def test_are_found_in_the_accounts_above_by_folder(self, practice: Practice) -> None:
        with_outcomes(practice)
        page = text_of(browse(practice, TEACHER, f"{OUTCOMES}/find").text)
        assert re.search("Example District Arts English", page)
        root = root_group(practice.state, practice.state.root)
        (folder,) = children_of(practice.state, root)
        page = text_of(browse(practice, TEACHER, f"{OUTCOMES}/find?folder={root.id}").text)
        assert "Import folder Writing" in page
        page = text_of(browse(practice, TEACHER, f"{OUTCOMES}/find?folder={folder.id}").text)
        assert "Reasoning Import Reasoning Style Import Style" in page

    def test_one_is_linked_into_the_course(self, practice: Practice) -> None:
        with_outcomes(practice)
        page = browse(practice, TEACHER, import_one(REASONING))
        assert page.url.path == OUTCOMES
        assert "Reasoning Exceeds 5 · Meets 3 · Not yet 0" in text_of(page.text)
        links = shown(practice.get(TEACHER, f"/courses/{COURSE}/outcome_group_links"))
        assert [link["outcome"]["id"] for link in links] == [REASONING]
        (folder,) = children_of(practice.state, root_group(practice.state, practice.state.root))
        found = browse(practice, TEACHER, f"{OUTCOMES}/find?folder={folder.id}").text
        assert "Reasoning In this course Style Import Style" in text_of(found)

    def test_a_folder_is_repeated_with_links(self, practice: Practice) -> None:
        with_outcomes(practice)
        (folder,) = children_of(practice.state, root_group(practice.state, practice.state.root))
        form = {"folder": str(folder.id)}
        page = text_of(browse(practice, TEACHER, ("POST", f"{OUTCOMES}/import", form)).text)
        assert re.search("Intro to Argument . Writing Reasoning", page)
        assert len(practice.state.outcomes) == 2

    def test_a_root_an_unknown_and_a_foreign_folder_are_not_found(self, practice: Practice) -> None:
        with_outcomes(practice)
        course = practice.state.courses[COURSE]
        own = add_group(practice.state, course, root_group(practice.state, course), "Own")
        root = root_group(practice.state, practice.state.root)
        for number in (root.id, own.id, 9999):
            form = {"folder": str(number)}
            answer = browse(practice, TEACHER, ("POST", f"{OUTCOMES}/import", form))
            assert answer.status_code == 404
        assert browse(practice, TEACHER, import_one(9999)).status_code == 404
        assert links_in(practice.state, course) == []

    def test_only_who_manages_outcomes_imports(self, practice: Practice) -> None:
        with_outcomes(practice)
        for who, status in ((BEN, 403), (TA, 403), (DESIGNER, 200), (SUB_ADMIN, 200)):
            assert browse(practice, who, import_one(STYLE)).status_code == status
        assert browse(practice, BEN, OUTCOMES).status_code == 403
        assert "/outcomes/find" not in browse(practice, TA, OUTCOMES).text
        assert "/outcomes" not in browse(practice, BEN, f"/courses/{COURSE}").text


class TestRubrics:
    def test_one_is_made_of_ticked_outcomes_and_put_on_an_assignment(
        self, practice: Practice
    ) -> None:
        with_outcomes(practice)
        form = {"title": "Essay", "outcomes[]": str(REASONING)}
        made = browse(practice, TEACHER, import_one(REASONING), ("POST", RUBRICS, form))
        assert "Essay Criterion" in text_of(made.text)
        (rubric,) = practice.state.rubrics.values()
        assert [(one.description, one.points) for one in rubric.criteria[0].ratings] == [
            ("Exceeds", 5.0),
            ("Meets", 3.0),
            ("Not yet", 0.0),
        ]
        assert "rubric_settings" not in assignment_of(practice)
        put: Step = ("POST", f"{made.url.path}/assignment", {"assignment": str(ESSAY)})
        page = browse(practice, TEACHER, put)
        assert page.url.path == f"/courses/{COURSE}/assignments/{ESSAY}"
        assert "It is not used for grading." in text_of(page.text)
        row = assignment_of(practice)
        assert (row["use_rubric_for_grading"], row["points_possible"]) == (False, 8.0)
        assert row["rubric"][0]["outcome_id"] == REASONING

    def test_it_may_grade_and_then_sets_the_points(self, practice: Practice) -> None:
        number = essay_rubric(practice)["rubric"]["id"]
        form = {"assignment": str(MODERATED), "use_for_grading": "1"}
        browse(practice, TEACHER, ("POST", f"{RUBRICS}/{number}/assignment", form))
        row = assignment_of(practice, MODERATED)
        assert (row["use_rubric_for_grading"], row["points_possible"]) == (True, 8.0)
        assert "on Essay 1 , Jury" in text_of(browse(practice, TEACHER, RUBRICS).text)

    def test_with_the_accounts_scale_it_takes_its_ratings_from_there(
        self, practice: Practice
    ) -> None:
        with_outcomes(practice)
        practice.switches.account_level_mastery_scales = True
        form = {"title": "Essay", "outcomes[]": str(REASONING)}
        browse(practice, TEACHER, import_one(REASONING), ("POST", RUBRICS, form))
        (rubric,) = practice.state.rubrics.values()
        assert rubric.criteria[0].ratings[0].description == "Exceeds Mastery"

    def test_nothing_ticked_is_asked_again(self, practice: Practice) -> None:
        with_outcomes(practice)
        nothing: Step = ("POST", RUBRICS, {"title": "Mine"})
        page = browse(practice, TEACHER, import_one(REASONING), nothing)
        assert page.status_code == 422
        assert 'value="Mine"' in page.text
        assert practice.state.rubrics == {}

    def test_are_not_for_students(self, practice: Practice) -> None:
        essay_rubric(practice)
        for path in (RUBRICS, f"{RUBRICS}/new", desk(BEN)):
            assert browse(practice, BEN, path).status_code == 403
        page = browse(practice, BEN, f"/courses/{COURSE}/assignments/{ESSAY}").text
        assert "Reasoning" in page
        assert "SpeedGrader" not in page

    def test_of_another_course_is_not_found(self, practice: Practice) -> None:
        number = essay_rubric(practice)["rubric"]["id"]
        assert browse(practice, TEACHER, f"/courses/102/rubrics/{number}").status_code == 404


class TestSpeedGrader:
    CHOSEN: dict[str, str] = {  # noqa: RUF012 - read only
        "rows[0][rating]": "_1",
        "rows[0][comments]": "Clear",
        "rows[1][rating]": "poor",
    }

    def test_names_the_sections_of_the_student_where_there_are_several(
        self, practice: Practice
    ) -> None:
        essay_rubric(practice)
        assert "· ARG 101-A · ARG 101-B" in text_of(browse(practice, TEACHER, desk(OMAR)).text)
        assert "ARG 101-B" not in text_of(browse(practice, TEACHER, desk(BEN)).text)

    def test_writes_what_the_api_writes(self, practice: Practice) -> None:
        essay_rubric(practice)
        page = browse(practice, TEACHER, ("POST", desk(BEN), self.CHOSEN))
        assert "Saved." in page.text
        assert "Grade: 6 / 8" in text_of(page.text)
        by_page = read_back(practice, BEN)
        given = {
            "_8027": {"points": 5, "rating_id": "_1", "comments": "Clear"},
            "_9131": {"points": 1, "rating_id": "poor", "comments": ""},
        }
        shown(assess(practice, MEI, given))
        by_api = read_back(practice, MEI)
        for name in ("rubric_assessment", "score", "grade", "grader_id", "workflow_state"):
            assert by_page[name] == by_api[name]

    def test_shows_again_what_was_chosen(self, practice: Practice) -> None:
        essay_rubric(practice)
        page = browse(practice, TEACHER, ("POST", desk(BEN), self.CHOSEN), desk(BEN)).text
        assert re.findall(r'value="(\w*)" checked', page) == ["_1", "poor"]
        assert ">Clear</textarea>" in page

    def test_a_mere_comment_stays_unrated(self, practice: Practice) -> None:
        essay_rubric(practice)
        form = {"rows[0][comments]": "See me"}
        page = browse(practice, TEACHER, ("POST", desk(BEN), form)).text
        assert re.findall(r'value="(\w*)" checked', page) == ["", ""]
        assert "points" not in read_back(practice, BEN)["rubric_assessment"]["_8027"]

    def test_nothing_chosen_changes_nothing(self, practice: Practice) -> None:
        essay_rubric(practice)
        shown(assess(practice, BEN, {"_8027": {"points": 5}}))
        page = browse(practice, TEACHER, ("POST", desk(BEN), {"rows[0][rating]": ""}))
        assert page.status_code == 422
        assert read_back(practice, BEN)["rubric_assessment"]["_8027"]["points"] == 5.0

    def test_goes_from_student_to_student_by_name(self, practice: Practice) -> None:
        essay_rubric(practice)
        path = f"/courses/{COURSE}/gradebook/speed_grader?assignment_id={ESSAY}"
        page, seen = browse(practice, TEACHER, path).text, []
        while True:
            seen.append(re.findall(r"<h1><bdi>(.*?)</bdi>", page)[0])
            following = re.findall(r'rel="next" href="([^"]+)"', page)
            if not following:
                break
            page = browse(practice, TEACHER, unescape(following[0])).text
        names = [practice.state.users[number].name for number in (BEN, OMAR, MEI)]
        assert seen == names
        assert re.findall(r'rel="prev" href="[^"]+student_id=(\d+)"', page) == [str(OMAR)]

    @pytest.mark.parametrize("assignment", [MODERATED, QUIZ_UNPUBLISHED])
    def test_what_cannot_be_graded_now_says_so(self, practice: Practice, assignment: int) -> None:
        number = essay_rubric(practice)["rubric"]["id"]
        form = {"assignment": str(assignment)}
        browse(practice, TEACHER, ("POST", f"{RUBRICS}/{number}/assignment", form))
        page = browse(practice, TEACHER, ("POST", desk(BEN, assignment), self.CHOSEN)).text
        assert 'role="alert"' in page
        assert "<fieldset>" not in page
        assert practice.state.rubric_assessments == {}

    def test_without_a_rubric_leads_to_rubrics(self, practice: Practice) -> None:
        assert "This assignment has no rubric." in browse(practice, TEACHER, desk(BEN)).text
        answer = browse(practice, TEACHER, ("POST", desk(BEN), self.CHOSEN))
        assert answer.status_code == 404

    def test_who_is_no_student_is_not_found(self, practice: Practice) -> None:
        essay_rubric(practice)
        assert browse(practice, TEACHER, desk(TEACHER)).status_code == 404


def test_a_reset_test_student_leaves_no_assessment(practice: Practice) -> None:
    essay_rubric(practice)
    path = f"/courses/{COURSE}/student_view"
    browse(practice, TEACHER, ("POST", path, {}))
    student = max(practice.state.users)
    shown(assess(practice, student, {"_8027": {"points": 5}}))
    browse(practice, TEACHER, ("POST", path, {}), ("POST", f"{path}/reset", {}))
    assert practice.state.rubric_assessments == {}
    assert practice.state.grading_assessments == {}


def test_the_other_tool_is_a_page_of_the_practice_canvas_itself(practice: Practice) -> None:
    tag = practice.state.assignments[ESSAY].tool
    assert tag is not None
    tag.url = f"{HOST}/practice_quiz"
    tool = replace(practice.state.tools[TOOL], id=78, name="Quiz", domain=None, launch_url=tag.url)
    practice.state.tools[78] = tool
    page = browse(practice, BEN, f"/courses/{COURSE}/assignments/{ESSAY}").text
    assert f'action="{HOST}/practice_quiz" target="tool_content"' in page
    answer = browse(practice, None, ("POST", "/practice_quiz", fields(page, "tool_form")))
    assert "This is another tool" in answer.text
