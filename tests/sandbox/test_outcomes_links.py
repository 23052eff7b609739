"""Links: where outcomes are shown, what unlinking deletes, and what alignment holds."""

import pytest

from sandbox.canvas.outcomes import link_into_root, outcome_visible
from tests.sandbox.college import (
    ADMIN,
    ARTS,
    COURSE,
    ESSAY,
    OTHER_COURSE,
    ROOT,
    TEACHER,
    Practice,
    shown,
)
from tests.sandbox.outcome_steps import (
    ACCOUNT_PATH,
    COURSE_PATH,
    a_group,
    align,
    an_outcome,
    assess,
    full,
    linked,
    links,
    root_of,
    unlinked,
)

ALIGNED = {
    "message": "Link is the last link to an aligned outcome. "
    "Remove the alignment and then try again"
}


class TestLinking:
    def test_a_course_shows_an_outcome_of_its_account(self, practice: Practice) -> None:
        outcome, root = an_outcome(practice), root_of(practice, COURSE_PATH)
        body = {"outcome_id": str(outcome)}
        path = f"{COURSE_PATH}/outcome_groups/{root}/outcomes"
        link = shown(practice.call(TEACHER, "POST", path, body))
        assert (link["context_id"], link["outcome"]["context_id"]) == (COURSE, ARTS)
        assert (link["can_unlink"], link["outcome"]["can_edit"]) == (True, False)
        assert "id" not in link

    def test_linking_again_gives_the_same_link(self, practice: Practice) -> None:
        outcome, root = an_outcome(practice), root_of(practice, COURSE_PATH)
        assert shown(linked(practice, root, outcome)) == shown(linked(practice, root, outcome))
        assert len(links(practice, COURSE_PATH)) == 1

    def test_only_outcomes_of_the_context_or_above_it(self, practice: Practice) -> None:
        of_course = an_outcome(practice, COURSE_PATH)
        other = f"/courses/{OTHER_COURSE}"
        for path in (ACCOUNT_PATH, other):
            answer = linked(practice, root_of(practice, path), of_course, path)
            assert (answer.status_code, answer.json()) == (400, "error")
        assert linked(practice, root_of(practice), 9999, ACCOUNT_PATH).json() == "error"

    def test_outcomes_of_a_folder_are_its_own_by_title(self, practice: Practice) -> None:
        group = a_group(practice)
        for title in ("b", "A"):
            an_outcome(practice, group=group, title=title)
        an_outcome(practice, group=a_group(practice, parent=group))
        rows = shown(practice.get(ADMIN, f"{ACCOUNT_PATH}/outcome_groups/{group}/outcomes"))
        assert [row["outcome"]["title"] for row in rows] == ["A", "b"]
        assert "ratings" not in rows[0]["outcome"]

    def test_all_links_come_by_link_and_in_either_style(self, practice: Practice) -> None:
        group = a_group(practice)
        first = an_outcome(practice, title="z")
        second = an_outcome(practice, group=group, title="a")
        linked(practice, group, first, ACCOUNT_PATH)
        rows = links(practice)
        assert [row["outcome"]["id"] for row in rows] == [first, second, first]
        path = f"{ACCOUNT_PATH}/outcome_group_links?outcome_group_style=full"
        row = shown(practice.get(ADMIN, path))[0]
        assert "ratings" in rows[0]["outcome"]
        assert "import_url" not in rows[0]["outcome_group"]
        assert ("ratings" in row["outcome"], "import_url" in row["outcome_group"]) == (False, True)

    def test_a_rubric_shows_its_outcome_in_the_root_of_its_course(self, practice: Practice) -> None:
        outcome, course = an_outcome(practice), practice.state.courses[COURSE]
        link_into_root(practice.state, course, outcome)
        link_into_root(practice.state, course, outcome)
        (link,) = links(practice, COURSE_PATH)
        assert link["outcome_group"]["id"] == root_of(practice, COURSE_PATH)

    def test_it_adds_no_link_where_a_folder_shows_it_already(self, practice: Practice) -> None:
        outcome = an_outcome(practice)
        linked(practice, a_group(practice, COURSE_PATH), outcome)
        link_into_root(practice.state, practice.state.courses[COURSE], outcome)
        assert len(links(practice, COURSE_PATH)) == 1

    def test_a_course_sees_its_own_outcomes_and_those_above(self, practice: Practice) -> None:
        course, state = practice.state.courses[COURSE], practice.state
        visible = [an_outcome(practice), an_outcome(practice, f"/accounts/{ROOT}")]
        foreign = an_outcome(practice, f"/courses/{OTHER_COURSE}")
        assert [
            row.id for number in visible if (row := outcome_visible(state, course, number))
        ] == (visible)
        assert outcome_visible(state, course, foreign) is None
        assert outcome_visible(state, course, 9999) is None


class TestUnlinking:
    def test_the_last_link_at_home_deletes_the_outcome_everywhere(self, practice: Practice) -> None:
        outcome, root = an_outcome(practice), root_of(practice)
        linked(practice, root_of(practice, COURSE_PATH), outcome)
        gone = shown(unlinked(practice, root, outcome))
        assert "can_unlink" not in gone
        assert practice.get(ADMIN, f"/outcomes/{outcome}").status_code == 404
        assert links(practice, COURSE_PATH) == []

    def test_another_link_at_home_keeps_it(self, practice: Practice) -> None:
        outcome = an_outcome(practice)
        linked(practice, a_group(practice), outcome, ACCOUNT_PATH)
        shown(unlinked(practice, root_of(practice), outcome))
        assert full(practice, outcome)["id"] == outcome

    def test_unlinking_elsewhere_never_deletes(self, practice: Practice) -> None:
        outcome, root = an_outcome(practice), root_of(practice, COURSE_PATH)
        linked(practice, root, outcome)
        shown(unlinked(practice, root, outcome, COURSE_PATH))
        assert full(practice, outcome)["id"] == outcome

    def test_what_is_not_linked_is_not_found(self, practice: Practice) -> None:
        group, outcome = a_group(practice), an_outcome(practice)
        assert unlinked(practice, group, outcome).status_code == 404

    def test_there_is_no_delete_of_an_outcome(self, practice: Practice) -> None:
        outcome = an_outcome(practice)
        assert practice.call(ADMIN, "DELETE", f"/outcomes/{outcome}").status_code == 404
        assert full(practice, outcome)["id"] == outcome


class TestAlignment:
    def test_the_last_link_at_home_is_held_by_an_alignment_anywhere(
        self, practice: Practice
    ) -> None:
        outcome = an_outcome(practice)
        align(practice, outcome)
        answer = unlinked(practice, root_of(practice), outcome)
        assert (answer.status_code, answer.json()) == (400, ALIGNED)
        assert links(practice)[0]["can_unlink"] is False

    def test_elsewhere_only_by_an_alignment_there(self, practice: Practice) -> None:
        outcome, other = an_outcome(practice), f"/courses/{OTHER_COURSE}"
        align(practice, outcome)
        here, there = root_of(practice, COURSE_PATH), root_of(practice, other)
        linked(practice, here, outcome)
        linked(practice, there, outcome, other)
        assert unlinked(practice, here, outcome, COURSE_PATH).json() == ALIGNED
        assert unlinked(practice, there, outcome, other).status_code == 200

    def test_a_further_link_may_go(self, practice: Practice) -> None:
        outcome, group = an_outcome(practice), a_group(practice)
        align(practice, outcome)
        linked(practice, group, outcome, ACCOUNT_PATH)
        assert unlinked(practice, group, outcome).status_code == 200

    @pytest.mark.parametrize("dead", ["rubric", "association", "assignment", "type"])
    def test_only_what_lives_on_an_assignment_holds(self, practice: Practice, dead: str) -> None:
        outcome = an_outcome(practice)
        rubric = align(practice, outcome)
        association = practice.state.rubric_associations[1]
        match dead:
            case "rubric":
                rubric.deleted = True
            case "association":
                association.deleted = True
            case "assignment":
                practice.state.assignments[ESSAY].deleted = True
            case _:
                association.association_type = "Course"
        assert unlinked(practice, root_of(practice), outcome).status_code == 200

    def test_assessed_is_said_of_the_outcome_anywhere_and_of_a_link_here(
        self, practice: Practice
    ) -> None:
        outcome = an_outcome(practice)
        linked(practice, root_of(practice, COURSE_PATH), outcome)
        assess(practice, align(practice, outcome), points=5.0)
        (home,), (there,) = links(practice), links(practice, COURSE_PATH)
        assert (home["outcome"]["assessed"], home["assessed"]) == (True, False)
        assert (there["outcome"]["assessed"], there["assessed"]) == (True, True)

    def test_a_comment_alone_assesses_nothing(self, practice: Practice) -> None:
        outcome = an_outcome(practice)
        rubric = align(practice, outcome)
        assess(practice, rubric, comments="Hm")
        assert full(practice, outcome)["assessed"] is False
        assess(practice, rubric, rating_id="_2")
        assert full(practice, outcome)["assessed"] is True

    def test_a_rubric_follows_while_unassessed_and_used_once(self, practice: Practice) -> None:
        outcome = an_outcome(practice)
        assert full(practice, outcome)["has_updateable_rubrics"] is False
        rubric = align(practice, outcome)
        assert full(practice, outcome)["has_updateable_rubrics"] is True
        practice.call(ADMIN, "PUT", f"/outcomes/{outcome}", {"title": "New"})
        assert rubric.criteria[0].description == "Reasoning"
        assert practice.canvas.run_jobs() == 1
        assert rubric.criteria[0].description == "New"
        assert [row.points for row in rubric.criteria[0].ratings] == [5.0, 3.0, 0.0]
        assess(practice, rubric, points=5.0)
        assert full(practice, outcome)["has_updateable_rubrics"] is False
        shown(practice.call(ADMIN, "PUT", f"/outcomes/{outcome}", {"title": "Newer"}))
        assert practice.canvas.run_jobs() == 0

    def test_an_unchanged_outcome_leaves_its_rubric_alone(self, practice: Practice) -> None:
        outcome = an_outcome(practice)
        rubric = align(practice, outcome)
        same = {"title": "CT.1 Reasoning", "calculation_int": 70}
        shown(practice.call(ADMIN, "PUT", f"/outcomes/{outcome}", same))
        assert practice.canvas.run_jobs() == 0
        assert rubric.criteria[0].description == "Reasoning"


def test_a_thousand_links_are_read_in_ten_pages(practice: Practice) -> None:
    groups = [a_group(practice, title=f"g{number}") for number in range(3)]
    outcome = an_outcome(practice)
    template = practice.state.outcomes[outcome]
    for number in range(1000, 2000):
        practice.state.outcomes[number] = type(template)(
            number, "Account", ARTS, f"o{number}", None, None, None, [], 3.0, "highest", None
        )
        link = practice.state.next_id("outcome_links")
        row = type(practice.state.outcome_links[1])(link, number, groups[number % 3])
        practice.state.outcome_links[link] = row
    read: list[int] = []
    url: str | None = f"{ACCOUNT_PATH}/outcome_group_links?outcome_style=full&per_page=100"
    while url:
        answer = practice.get(ADMIN, url)
        read += [row["outcome"]["id"] for row in shown(answer)]
        url = answer.links.get("next", {}).get("url")
        url = url and url.partition("/api/v1")[2]
    assert read == [outcome, *range(1000, 2000)]
