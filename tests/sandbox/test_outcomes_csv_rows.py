"""Every complaint about a row of an outcomes file, with the number of the row."""

import pytest

from tests.sandbox.college import COURSE, OTHER_COURSE, Practice
from tests.sandbox.outcome_steps import (
    ACCOUNT_PATH,
    COURSE_PATH,
    HEADERS,
    a_group,
    an_outcome,
    errors_of,
    imported,
    links,
)

ONE = "o1,outcome,One,,3,5,Yes,3,Half,0,No"
RULES = "vendor_guid,object_type,title,calculation_method,calculation_int"


class TestRowFaults:
    @pytest.mark.parametrize(
        ("row", "message"),
        [
            (",outcome,One,,,", 'The "vendor_guid" field is required'),
            ("o1,outcome, ,,,", 'The "title" field is required'),
            ("o 1,outcome,One,,,", 'The "vendor_guid" field must have no spaces'),
            ("o1,outcom,One,,,", 'Invalid object_type: "outcom"'),
            ("g1,group,G,,,5,Yes", 'Invalid fields for a group: ["ratings"]'),
            (
                "o1,outcome,One,g9 g8,,",
                'Parent references not found prior to this row: ["g9", "g8"]',
            ),
            ("g1,group,G,g1,,", 'Parent references not found prior to this row: ["g1"]'),
            ("canvas_outcome:99,outcome,One,,,", 'Outcome with canvas id "" not found'),
            ("canvas_outcome_group:99,group,G,,,", "Outcome group with canvas id  not found"),
            (
                f"o1,outcome,{'x' * 256},,,",
                "Short description is too long (maximum is 255 characters)",
            ),
            (f"g1,group,{'x' * 256},,,", "Title is too long (maximum is 255 characters)"),
        ],
    )
    def test_leave_the_import_succeeded(self, practice: Practice, row: str, message: str) -> None:
        assert errors_of(practice, row, "o2,outcome,Two,,,") == [[2, message]]
        assert [link["outcome"]["title"] for link in links(practice)] == ["Two"]

    @pytest.mark.parametrize(
        ("header", "row", "message"),
        [
            (
                "workflow_state",
                "gone",
                '"workflow_state" must be either "active" or "deleted"',
            ),
            (
                "friendly_description",
                "x" * 256,
                "Friendly description is too long (maximum is 255 characters)",
            ),
            ("course_id", f"{COURSE}", 'Invalid fields for an outcome: ["course_id"]'),
        ],
    )
    def test_in_optional_columns(
        self, practice: Practice, header: str, row: str, message: str
    ) -> None:
        headers = f"vendor_guid,object_type,title,{header}"
        assert errors_of(practice, f"o1,outcome,One,{row}", header=headers) == [[2, message]]

    @pytest.mark.parametrize(
        ("cells", "message"),
        [
            (
                "n_mastery,15",
                (
                    "Calculation int '15' is not a valid value for this calculation method. "
                    "The value must be between '1' and '10'"
                ),
            ),
            (
                "highest,5",
                "Calculation int A calculation value is not used with this calculation method",
            ),
            (
                "guess,",
                (
                    "Calculation method calculation_method must be one of the following: "
                    '["decaying_average", "weighted_average", "standard_decaying_average", '
                    '"n_mastery", "highest", "latest", "average"]'
                ),
            ),
        ],
    )
    def test_of_the_method(self, practice: Practice, cells: str, message: str) -> None:
        assert errors_of(practice, f"o1,outcome,One,{cells}", header=RULES) == [[2, message]]

    def test_of_several_kinds_in_one_row(self, practice: Practice) -> None:
        errors = errors_of(practice, f"o1,outcome,{'x' * 256},n_mastery,15", header=RULES)
        assert [number for number, _ in errors] == [2, 2]

    def test_a_group_has_no_method(self, practice: Practice) -> None:
        errors = errors_of(practice, "g1,group,G,highest,5", header=RULES)
        message = 'Invalid fields for a group: ["calculation_method", "calculation_int"]'
        assert errors == [[2, message]]

    def test_mastery_points_of_a_group_are_tolerated(self, practice: Practice) -> None:
        assert errors_of(practice, "g1,group,G,,3,") == []

    def test_a_group_has_one_parent(self, practice: Practice) -> None:
        rows = ["g1,group,A,,,", "g2,group,B,,,", "g3,group,C,g1 g2,,"]
        assert errors_of(practice, *rows) == [[4, "An outcome group can only have one parent"]]

    def test_nothing_appears_twice(self, practice: Practice) -> None:
        rows = ["g1,group,A,,,", "g1,group,B,,,", ONE, ONE]
        assert errors_of(practice, *rows) == [
            [3, 'Group "g1" has already appeared in this import'],
            [5, 'Outcome "o1" has already appeared in this import'],
        ]

    def test_a_folder_cannot_go_into_what_is_below_it(self, practice: Practice) -> None:
        top = a_group(practice, vendor_guid="g1")
        below = a_group(practice, parent=top)
        path = f"{ACCOUNT_PATH}/outcome_imports/group/{below}"
        content = f"{HEADERS}\ng1,group,Top,,,\n".encode()
        answer = practice.call(
            1, "POST", path, content=content, headers={"Content-Type": "text/csv"}
        )
        practice.canvas.run_jobs()
        row = practice.state.outcome_imports[answer.json()["id"]]
        assert row.processing_errors == [(2, "Cyclic reference detected when importing: g1")]

    def test_a_guid_is_one_in_the_whole_installation(self, practice: Practice) -> None:
        an_outcome(practice, f"/courses/{OTHER_COURSE}", vendor_guid="o1")
        message = (
            "Outcome with ID o1 already exists in another unrelated course or account "
            "(Advanced Argument)"
        )
        assert errors_of(practice, ONE) == [[2, message]]
        assert errors_of(practice, ONE, path=COURSE_PATH) == [[2, message]]

    def test_bytes_that_are_no_utf8_spoil_their_row_only(self, practice: Practice) -> None:
        content = f"{HEADERS}\no1,outcome,".encode() + b"Gr\xf6\xdfe,,,\no2,outcome,Two,,,"
        row = imported(practice, content)
        assert row["workflow_state"] == "succeeded"
        assert row["processing_errors"] == [[2, 'Not a valid utf-8 string: "Gr\\xF6\\xDFe"']]
        assert [link["outcome"]["title"] for link in links(practice)] == ["Two"]


class TestCourseIds:
    HEADER = "vendor_guid,object_type,title,course_id,parent_guids"

    def test_a_folder_is_made_in_the_course_and_takes_outcomes(self, practice: Practice) -> None:
        rows = [f"g1,group,In course,{COURSE},", "o1,outcome,One,,g1"]
        assert errors_of(practice, *rows, header=self.HEADER) == []
        (link,) = links(practice, COURSE_PATH)
        assert (link["outcome_group"]["title"], link["outcome"]["context_type"]) == (
            "In course",
            "Account",
        )

    @pytest.mark.parametrize(
        ("course", "path", "message"),
        [
            ("999", ACCOUNT_PATH, "Course with canvas id 999 not found"),
            ("abc", ACCOUNT_PATH, "Course with canvas id abc not found"),
            (str(COURSE), COURSE_PATH, "Cannot import to other courses"),
        ],
    )
    def test_wrong_ones(self, practice: Practice, course: str, path: str, message: str) -> None:
        errors = errors_of(practice, f"g1,group,G,{course},", header=self.HEADER, path=path)
        assert errors == [[2, message]]

    def test_a_course_that_is_not_below_the_account(self, practice: Practice) -> None:
        practice.state.courses[COURSE].account_id = 1
        message = f"Target course {COURSE} is not a child of current account (Arts)"
        errors = errors_of(practice, f"g1,group,G,{COURSE},", header=self.HEADER)
        assert errors == [[2, message]]
