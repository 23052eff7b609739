"""Folders of outcomes: the root on demand, the tree, and the bare errors."""

import pytest

from tests.sandbox.college import ADMIN, ARTS, COURSE, ENGLISH, HOST, TEACHER, Practice, shown
from tests.sandbox.outcome_steps import (
    ACCOUNT_PATH,
    COURSE_PATH,
    a_group,
    align,
    an_outcome,
    linked,
    links,
    root_of,
)

GROUPS = f"{ACCOUNT_PATH}/outcome_groups"


class TestRoot:
    def test_it_is_a_redirect_and_made_when_first_asked_for(self, practice: Practice) -> None:
        assert shown(practice.get(ADMIN, GROUPS)) == []
        answer = practice.get(ADMIN, f"{ACCOUNT_PATH}/root_outcome_group")
        assert answer.status_code == 302
        assert answer.headers["location"].startswith(f"{HOST}/api/v1/accounts/{ARTS}/outcome_gr")
        assert answer.content == b""
        (root,) = shown(practice.get(ADMIN, GROUPS))
        assert (root["title"], "parent_outcome_group" in root) == ("Arts", False)

    def test_there_is_one_for_each_context(self, practice: Practice) -> None:
        first, again = root_of(practice), root_of(practice)
        assert first == again != root_of(practice, COURSE_PATH)

    @pytest.mark.parametrize("method", ["PUT", "DELETE"])
    def test_it_can_neither_change_nor_go(self, practice: Practice, method: str) -> None:
        answer = practice.call(ADMIN, method, f"{GROUPS}/{root_of(practice)}", {"title": "New"})
        assert (answer.status_code, answer.json()) == (400, "error")


class TestTree:
    def test_a_new_folder_is_answered_with_200(self, practice: Practice) -> None:
        body = {"title": "CT", "vendor_guid": "mf ct", "description": "<b>All</b>"}
        path = f"{GROUPS}/{root_of(practice)}/subgroups"
        answer = practice.call(ADMIN, "POST", path, body)
        assert answer.status_code == 200
        assert answer.json()["parent_outcome_group"]["id"] == root_of(practice)
        assert (answer.json()["vendor_guid"], answer.json()["description"]) == (
            "mf ct",
            "<b>All</b>",
        )

    @pytest.mark.parametrize("title", [None, "", "  ", "x" * 256])
    def test_a_folder_needs_a_title(self, practice: Practice, title: str | None) -> None:
        path = f"{GROUPS}/{root_of(practice)}/subgroups"
        answer = practice.call(ADMIN, "POST", path, {"title": title})
        assert (answer.status_code, answer.json()) == (400, "error")

    def test_subgroups_are_the_immediate_ones_abbreviated_by_title(
        self, practice: Practice
    ) -> None:
        second, first = a_group(practice, title="b"), a_group(practice, title="A")
        a_group(practice, title="below", parent=first)
        rows = shown(practice.get(ADMIN, f"{GROUPS}/{root_of(practice)}/subgroups"))
        assert [row["id"] for row in rows] == [first, second]
        assert "description" not in rows[0]

    def test_a_folder_moves_within_its_context(self, practice: Practice) -> None:
        one, other = a_group(practice, title="one"), a_group(practice, title="other")
        moved = {"parent_outcome_group_id": other, "vendor_guid": "g"}
        row = shown(practice.call(ADMIN, "PUT", f"{GROUPS}/{one}", moved))
        assert (row["parent_outcome_group"]["id"], row["vendor_guid"]) == (other, "g")
        assert row["title"] == "one"

    def test_a_circle_or_a_foreign_parent_is_a_bare_error(self, practice: Practice) -> None:
        top = a_group(practice)
        below = a_group(practice, parent=top)
        for parent in (top, below, root_of(practice, COURSE_PATH), 9999):
            body = {"parent_outcome_group_id": parent, "title": "Lost"}
            answer = practice.call(ADMIN, "PUT", f"{GROUPS}/{top}", body)
            assert (answer.status_code, answer.json()) == (400, "error")
        assert shown(practice.get(ADMIN, f"{GROUPS}/{top}"))["title"] == "Critical thinking"

    def test_a_folder_of_another_context_is_not_found(self, practice: Practice) -> None:
        group = a_group(practice)
        assert practice.get(ADMIN, f"{COURSE_PATH}/outcome_groups/{group}").status_code == 404

    def test_deleting_takes_all_that_is_below(self, practice: Practice) -> None:
        top = a_group(practice)
        below = a_group(practice, parent=top)
        inside = an_outcome(practice, group=below)
        kept = an_outcome(practice, group=below)
        linked(practice, root_of(practice), kept, ACCOUNT_PATH)
        shown(practice.call(ADMIN, "DELETE", f"{GROUPS}/{top}"))
        assert practice.get(ADMIN, f"{GROUPS}/{below}").status_code == 404
        assert practice.get(ADMIN, f"/outcomes/{inside}").status_code == 404
        assert [row["outcome"]["id"] for row in links(practice)] == [kept]

    def test_an_aligned_last_link_keeps_the_whole_folder(self, practice: Practice) -> None:
        top = a_group(practice)
        free, aligned = an_outcome(practice, group=top), an_outcome(practice, group=top)
        align(practice, aligned)
        answer = practice.call(ADMIN, "DELETE", f"{GROUPS}/{top}")
        assert (answer.status_code, answer.json()) == (400, "error")
        assert {row["outcome"]["id"] for row in links(practice)} == {free, aligned}


class TestImportOfAFolder:
    def test_a_course_gets_the_tree_with_links_and_no_copies(self, practice: Practice) -> None:
        top = a_group(practice, title="top")
        below = a_group(practice, parent=top, title="below")
        outcome = an_outcome(practice, group=below)
        path = f"{COURSE_PATH}/outcome_groups/{root_of(practice, COURSE_PATH)}/import"
        made = shown(practice.call(TEACHER, "POST", path, {"source_outcome_group_id": top}))
        assert (made["title"], made["context_id"]) == ("top", COURSE)
        (link,) = links(practice, COURSE_PATH, TEACHER)
        assert (link["outcome"]["id"], link["outcome_group"]["title"]) == (outcome, "below")
        assert (link["context_type"], link["outcome"]["context_type"]) == ("Course", "Account")

    def test_a_folder_may_be_repeated_below_itself(self, practice: Practice) -> None:
        top = a_group(practice, title="top")
        below = a_group(practice, parent=top, title="below")
        an_outcome(practice, group=top)
        path = f"{GROUPS}/{below}/import"
        shown(practice.call(ADMIN, "POST", path, {"source_outcome_group_id": top}))
        titles = [row["title"] for row in shown(practice.get(ADMIN, GROUPS))]
        assert titles == ["Arts", "top", "below", "top", "below"]
        assert len(links(practice)) == 2

    def test_roots_and_folders_from_below_are_refused(self, practice: Practice) -> None:
        path = f"/accounts/{ENGLISH}/outcome_groups/{root_of(practice, f'/accounts/{ENGLISH}')}"
        of_course = a_group(practice, COURSE_PATH)
        for source in (root_of(practice), of_course):
            body = {"source_outcome_group_id": source}
            answer = practice.call(ADMIN, "POST", f"{path}/import", body)
            assert (answer.status_code, answer.json()) == (400, "error")
        gone = practice.call(ADMIN, "POST", f"{path}/import", {"source_outcome_group_id": 9999})
        assert gone.status_code == 404
