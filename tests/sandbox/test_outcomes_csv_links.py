"""Which folders show an outcome after an import, at home and elsewhere."""

import pytest

from tests.sandbox.college import COURSE, ENGLISH, Practice
from tests.sandbox.outcome_steps import (
    COURSE_PATH,
    align,
    an_outcome,
    errors_of,
    folders_of,
    full,
    linked,
    links,
    root_of,
)

G1 = "g1,group,Folder,,,"


class TestLinks:
    def test_ancestors_must_be_in_the_same_file_first(self, practice: Practice) -> None:
        assert errors_of(practice, G1) == []
        child = "o1,outcome,One,g1,,"
        message = 'Parent references not found prior to this row: ["g1"]'
        assert errors_of(practice, child) == [[2, message]]
        assert errors_of(practice, child, G1) == [[2, message]]
        assert errors_of(practice, G1, child) == []

    def test_links_that_are_not_listed_go_and_none_means_the_root(self, practice: Practice) -> None:
        g2 = "g2,group,Other,,,"
        assert errors_of(practice, G1, g2, "o1,outcome,One,g1 g2,,") == []
        assert folders_of(practice, "o1") == {"Folder", "Other"}
        assert errors_of(practice, G1, g2, "o1,outcome,One,g2,,") == []
        assert folders_of(practice, "o1") == {"Other"}
        assert errors_of(practice, "o1,outcome,One,,,") == []
        assert folders_of(practice, "o1") == {"Arts"}

    def test_links_elsewhere_stay(self, practice: Practice) -> None:
        outcome = an_outcome(practice, vendor_guid="o1")
        linked(practice, root_of(practice, COURSE_PATH), outcome)
        assert errors_of(practice, G1, "o1,outcome,One,g1,,") == []
        assert len(links(practice, COURSE_PATH)) == 1

    def test_a_folder_moves_to_its_listed_parent(self, practice: Practice) -> None:
        assert errors_of(practice, G1, "g2,group,Below,g1,,") == []
        assert errors_of(practice, "g2,group,Above,,,", "g1,group,Folder,g2,,") == []
        titles = {row.title: row.parent_id for row in practice.state.outcome_groups.values()}
        above = next(
            row.id for row in practice.state.outcome_groups.values() if row.title == "Above"
        )
        assert titles == {"Arts": None, "Above": root_of(practice), "Folder": above}

    def test_a_link_that_comes_back_is_the_old_one(self, practice: Practice) -> None:
        for parent in ("g1", "", "g1"):
            assert errors_of(practice, G1, f"o1,outcome,One,{parent},,") == []
        assert len(practice.state.outcome_links) == 2

    def test_one_that_is_aligned_in_its_course_is_kept_silently(self, practice: Practice) -> None:
        outcome = an_outcome(practice, COURSE_PATH, vendor_guid="o1")
        align(practice, outcome)
        assert errors_of(practice, G1, "o1,outcome,One,g1,,", path=COURSE_PATH) == []
        assert folders_of(practice, "o1", COURSE_PATH) == {"Folder", "Intro to Argument"}

    def test_a_course_id_header_reaches_links_below_too(self, practice: Practice) -> None:
        header = "vendor_guid,object_type,title,course_id,parent_guids"
        in_course = [f"g1,group,In course,{COURSE},", "o1,outcome,One,,g1"]
        assert errors_of(practice, *in_course, header=header) == []
        assert errors_of(practice, "o1,outcome,One,,", header=header) == []
        assert links(practice, COURSE_PATH) == []


class TestForeignOutcomes:
    SAME = "o1,outcome,CT.1 Reasoning,g1,3,5,Exceeds,3,Meets,0,Not yet"

    def test_a_course_links_what_is_written_exactly_as_stored(self, practice: Practice) -> None:
        outcome = an_outcome(practice, vendor_guid="o1")
        assert errors_of(practice, G1, self.SAME, path=COURSE_PATH) == []
        assert folders_of(practice, "o1", COURSE_PATH) == {"Folder"}
        assert full(practice, outcome)["context_type"] == "Account"

    def test_that_takes_its_links_away_at_home(self, practice: Practice) -> None:
        outcome = an_outcome(practice, vendor_guid="o1")
        assert errors_of(practice, G1, self.SAME, path=COURSE_PATH) == []
        assert links(practice) == []
        assert full(practice, outcome)["id"] == outcome

    @pytest.mark.parametrize(
        ("row", "changed"),
        [
            (SAME.replace("CT.1", "CT.2"), '["short_description"]'),
            (SAME.replace("Exceeds", "More"), '["data"]'),
            (SAME.replace(",3,5,", ",4,5,").replace("CT.1", "X"), '["short_description", "data"]'),
        ],
    )
    def test_any_other_field_is_refused(self, practice: Practice, row: str, changed: str) -> None:
        outcome = an_outcome(practice, vendor_guid="o1")
        before = full(practice, outcome)
        message = (
            f"Cannot modify outcome from another context: {changed}; "
            'outcome must be modified in "Arts"'
        )
        assert errors_of(practice, G1, row, path=f"/accounts/{ENGLISH}") == [[3, message]]
        assert full(practice, outcome) == before
        assert links(practice, f"/accounts/{ENGLISH}") == []

    def test_a_blank_method_counts_as_a_change(self, practice: Practice) -> None:
        an_outcome(practice, vendor_guid="o1", calculation_method="highest")
        ((_, message),) = errors_of(practice, self.SAME.replace("g1", ""), path=COURSE_PATH)
        assert '["calculation_method", "calculation_int"]' in message

    def test_a_guid_alone_is_no_change(self, practice: Practice) -> None:
        outcome = an_outcome(practice, vendor_guid="o1")
        row = self.SAME.replace("o1", f"canvas_outcome:{outcome}")
        assert errors_of(practice, G1, row, path=COURSE_PATH) == []
        assert full(practice, outcome)["vendor_guid"] == "o1"
