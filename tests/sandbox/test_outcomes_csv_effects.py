"""What an outcomes file changes: matching, and everything that resets unasked."""

from pathlib import Path

from tests.sandbox.college import Practice
from tests.sandbox.outcome_steps import (
    ACCOUNT_PATH,
    COURSE_PATH,
    a_group,
    align,
    an_outcome,
    by_guid,
    errors_of,
    folders_of,
    full,
    imported,
    linked,
    links,
    root_of,
)

EXAMPLE = Path(__file__).parent / "examples" / "outcomes" / "outcome_import.csv"
TEXTS = "vendor_guid,object_type,title,description,display_name,friendly_description"
METHOD = "vendor_guid,object_type,title,calculation_method,calculation_int"
STATE = "vendor_guid,object_type,title,workflow_state,parent_guids"
ONE = "o1,outcome,One,,3,5,Yes,3,Half,0,No"


class TestMatching:
    def test_a_guid_that_is_there_is_changed_in_place(self, practice: Practice) -> None:
        outcome = an_outcome(practice, vendor_guid="o1", title="Old")
        assert errors_of(practice, ONE) == []
        assert (full(practice, outcome)["title"], len(links(practice))) == ("One", 1)

    def test_the_active_one_of_several_is_meant(self, practice: Practice) -> None:
        gone, kept = (an_outcome(practice, vendor_guid="o1") for _ in range(2))
        practice.state.outcomes[gone].deleted = True
        assert errors_of(practice, ONE) == []
        assert full(practice, kept)["title"] == "One"

    def test_an_outcome_is_addressed_by_its_id(self, practice: Practice) -> None:
        outcome = an_outcome(practice, vendor_guid="o1")
        guid = f"canvas_outcome:{outcome}"
        assert errors_of(practice, f"{guid},outcome,By id,,,") == []
        row = full(practice, outcome)
        assert (row["title"], row["vendor_guid"]) == ("By id", guid)

    def test_a_folder_too_and_one_of_elsewhere_makes_a_new_one(self, practice: Practice) -> None:
        group, foreign = a_group(practice), a_group(practice, COURSE_PATH)
        rows = [f"canvas_outcome_group:{number},group,By id,,," for number in (group, foreign)]
        assert errors_of(practice, *rows) == []
        assert practice.state.outcome_groups[group].title == "By id"
        assert practice.state.outcome_groups[foreign].title == "Critical thinking"

    def test_folders_match_within_their_context(self, practice: Practice) -> None:
        foreign = a_group(practice, COURSE_PATH, vendor_guid="g1")
        assert errors_of(practice, "g1,group,Folder,,,") == []
        assert practice.state.outcome_groups[foreign].title == "Critical thinking"

    def test_a_message_names_the_canvas_id_column(self, practice: Practice) -> None:
        header = "vendor_guid,object_type,title,canvas_id"
        errors = errors_of(practice, "canvas_outcome:99,outcome,One,77", header=header)
        assert errors == [[2, 'Outcome with canvas id "77" not found']]


class TestLevels:
    def test_neither_ratings_nor_mastery_leave_both(self, practice: Practice) -> None:
        assert errors_of(practice, ONE) == []
        assert errors_of(practice, "o1,outcome,Renamed,,,") == []
        outcome = by_guid(practice, "o1")
        assert (outcome["title"], outcome["mastery_points"], len(outcome["ratings"])) == (
            "Renamed",
            3.0,
            3,
        )

    def test_mastery_points_alone_wipe_the_ratings(self, practice: Practice) -> None:
        assert errors_of(practice, ONE) == []
        assert errors_of(practice, "o1,outcome,One,,4,") == []
        outcome = by_guid(practice, "o1")
        assert (outcome["ratings"], outcome["points_possible"], outcome["mastery_points"]) == (
            [],
            0.0,
            4.0,
        )

    def test_the_same_mastery_points_wipe_nothing(self, practice: Practice) -> None:
        assert errors_of(practice, ONE) == []
        assert errors_of(practice, "o1,outcome,One,,3,") == []
        assert len(by_guid(practice, "o1")["ratings"]) == 3

    def test_ratings_alone_put_mastery_at_the_highest(self, practice: Practice) -> None:
        assert errors_of(practice, ONE) == []
        assert errors_of(practice, "o1,outcome,One,,,4,Yes,0,No") == []
        assert by_guid(practice, "o1")["mastery_points"] == 4.0

    def test_a_new_outcome_without_either_has_the_default_ones(self, practice: Practice) -> None:
        assert errors_of(practice, "o1,outcome,One,,,") == []
        outcome = by_guid(practice, "o1")
        assert ([row["points"] for row in outcome["ratings"]], outcome["mastery_points"]) == (
            [5.0, 3.0, 0.0],
            3.0,
        )

    def test_a_rubric_that_follows_gets_the_new_levels(self, practice: Practice) -> None:
        assert errors_of(practice, ONE) == []
        rubric = align(practice, by_guid(practice, "o1")["id"])
        assert errors_of(practice, ONE) == []
        assert rubric.criteria[0].description == "Reasoning"
        assert errors_of(practice, "o1,outcome,New,,1,2,Yes,0,No") == []
        assert (rubric.criteria[0].description, rubric.points_possible) == ("New", 2.0)


class TestResets:
    def test_a_blank_method_goes_back_to_the_default(self, practice: Practice) -> None:
        assert errors_of(practice, "o1,outcome,One,n_mastery,3", header=METHOD) == []
        assert by_guid(practice, "o1")["calculation_method"] == "n_mastery"
        assert errors_of(practice, "o1,outcome,One,n_mastery,", header=METHOD) == []
        assert by_guid(practice, "o1")["calculation_int"] == 5
        assert errors_of(practice, ONE) == []
        outcome = by_guid(practice, "o1")
        assert (outcome["calculation_method"], outcome["calculation_int"]) == (
            "decaying_average",
            65,
        )

    def test_texts_are_replaced_and_blank_beside_blank_is_no_change(
        self, practice: Practice
    ) -> None:
        rows = ["o1,outcome,One,<p>d</p>,Shown,friendly", "o2,outcome,Two,,,"]
        assert errors_of(practice, *rows, header=TEXTS) == []
        outcome = by_guid(practice, "o1")
        assert (outcome["description"], outcome["display_name"]) == ("<p>d</p>", "Shown")
        assert by_guid(practice, "o2")["description"] is None
        assert practice.state.outcomes[outcome["id"]].friendly_description == "friendly"
        assert errors_of(practice, 'o1,outcome,One,"",,', header=TEXTS) == []
        outcome = by_guid(practice, "o1")
        assert (outcome["description"], outcome["display_name"]) == ("", None)
        assert practice.state.outcomes[outcome["id"]].friendly_description is None


class TestDeleted:
    def test_an_outcome_goes_with_its_links_and_comes_back(self, practice: Practice) -> None:
        assert errors_of(practice, "o1,outcome,One,active,", header=STATE) == []
        number = by_guid(practice, "o1")["id"]
        assert errors_of(practice, "o1,outcome,One,deleted,", header=STATE) == []
        assert practice.get(1, f"/outcomes/{number}").status_code == 404
        assert links(practice) == []
        assert errors_of(practice, "o1,outcome,One,,", header=STATE) == []
        assert by_guid(practice, "o1")["id"] == number

    def test_an_aligned_one_stays_linked(self, practice: Practice) -> None:
        outcome = an_outcome(practice, COURSE_PATH, vendor_guid="o1")
        align(practice, outcome)
        row = "o1,outcome,One,deleted,"
        assert errors_of(practice, row, header=STATE, path=COURSE_PATH) == []
        assert [link["outcome"]["id"] for link in links(practice, COURSE_PATH)] == [outcome]

    def test_one_that_is_linked_elsewhere_lives_on_there(self, practice: Practice) -> None:
        outcome = an_outcome(practice, vendor_guid="o1")
        linked(practice, root_of(practice, COURSE_PATH), outcome)
        assert errors_of(practice, "o1,outcome,One,deleted,", header=STATE) == []
        assert (links(practice), len(links(practice, COURSE_PATH))) == ([], 1)
        assert full(practice, outcome)["id"] == outcome

    def test_a_folder_goes_with_its_content(self, practice: Practice) -> None:
        rows = ["g1,group,Folder,,", "g2,group,Below,,g1", "o1,outcome,One,,g2"]
        assert errors_of(practice, *rows, header=STATE) == []
        assert errors_of(practice, "g1,group,Folder,deleted,", header=STATE) == []
        assert links(practice) == []
        alive = [row.title for row in practice.state.outcome_groups.values() if not row.deleted]
        assert alive == ["Arts"]

    def test_a_folder_that_holds_an_aligned_outcome_breaks_the_import(
        self, practice: Practice
    ) -> None:
        group = a_group(practice, vendor_guid="g1")
        align(practice, an_outcome(practice, group=group))
        rows = ["o9,outcome,Nine,,", "g1,group,Folder,deleted,"]
        row = imported(practice, "\n".join([STATE, *rows]))
        assert (row["workflow_state"], row["processing_errors"]) == (
            "failed",
            [[1, "An unexpected error has occurred: see error report 48213"]],
        )
        (link,) = links(practice, ACCOUNT_PATH)
        assert link["outcome_group"]["title"] == "Critical thinking"


def test_canvas_own_example_file_is_imported_without_a_complaint(practice: Practice) -> None:
    row = imported(practice, EXAMPLE.read_bytes())
    assert (row["workflow_state"], row["processing_errors"]) == ("succeeded", [])
    assert folders_of(practice, "mf.reason.2") == {"Critical thinking", "Argument"}
    assert "calculation_int" not in by_guid(practice, "mf.reason.2")
