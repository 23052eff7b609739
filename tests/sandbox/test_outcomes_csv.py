"""The grammar of outcome files: what is read, and what fails a file as a whole."""

import pytest

from tests.sandbox.college import Practice
from tests.sandbox.outcome_steps import (
    HEADERS,
    a_group,
    an_outcome,
    by_guid,
    errors_of,
    imported,
    links,
)

ONE = "o1,outcome,One,,3,5,Yes,3,Half,0,No"


def failure(practice: Practice, content: str | bytes) -> str:
    """The one message of a file that fails as a whole, leaving nothing behind."""
    row = imported(practice, content)
    assert row["workflow_state"] == "failed"
    ((number, message),) = row["processing_errors"]
    assert number == 1
    assert links(practice) == []
    return str(message)


class TestFileFaults:
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("", "File has no data"),
            (HEADERS, "File has no outcomes data"),
            (f"{HEADERS}\n", "File has no outcomes data"),
            ("vendor_guid,object_type\na,outcome", 'Missing required fields: ["title"]'),
            (
                "\no1,outcome,One",
                'Missing required fields: ["title", "vendor_guid", "object_type"]',
            ),
            ("Vendor_guid,object_type,title\n", 'Missing required fields: ["vendor_guid"]'),
            ("vendor_guid,object_type,title,foo\na", 'Invalid fields: ["foo"]'),
            (f"{HEADERS},,x,\n{ONE}", 'Invalid fields after ratings: ["x"]'),
            (f'{HEADERS}\no1,outcome,"One', "Invalid CSV File"),
            (f'{HEADERS}\no1,outcome,O"ne"', "Invalid CSV File"),
            (f'{HEADERS}\no1,outcome,"One"x', "Invalid CSV File"),
            (f"{HEADERS}\r\n{ONE}\n", "Invalid CSV File"),
        ],
    )
    def test_fail_the_import_in_row_1(self, practice: Practice, content: str, message: str) -> None:
        assert failure(practice, content) == message

    @pytest.mark.parametrize(
        "content",
        [
            "vendor_guid,object_type,title,\no1,outcome,One,",
            "vendor_guid,object_type,title,description\no0,outcome,Zero,\no1,outcome,One",
        ],
    )
    def test_an_empty_header_or_a_short_row_breaks_the_whole_import(
        self, practice: Practice, content: str
    ) -> None:
        message = "An unexpected error has occurred: see error report 48213"
        assert failure(practice, content) == message

    def test_batches_before_the_mistake_stay(self, practice: Practice) -> None:
        rows = [f"o{number},outcome,One" for number in range(1500)]
        rows[1200] = 'o1200,outcome,"One'
        row = imported(practice, "\n".join(["vendor_guid,object_type,title", *rows]))
        assert row["workflow_state"] == "failed"
        assert row["processing_errors"] == [[1, "Invalid CSV File"]]
        assert len(practice.state.outcomes) == 999

    def test_a_breakdown_takes_its_own_batch_back(self, practice: Practice) -> None:
        outcome = an_outcome(practice, vendor_guid="o1", group=a_group(practice))
        content = "vendor_guid,object_type,title\no1,outcome,New\no2,outcome,Two\nx,outcome"
        assert imported(practice, content)["workflow_state"] == "failed"
        (link,) = links(practice)
        assert (link["outcome"]["id"], link["outcome"]["title"]) == (outcome, "CT.1 Reasoning")
        assert link["outcome_group"]["title"] == "Critical thinking"


class TestForms:
    def test_headers_come_in_any_order(self, practice: Practice) -> None:
        imported(practice, "title,description,vendor_guid,object_type\nOne,<p>d</p>,o1,outcome")
        assert by_guid(practice, "o1")["description"] == "<p>d</p>"

    @pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
    @pytest.mark.parametrize("separator", [",", ";"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_bom_semicolons_and_either_line_end(
        self, practice: Practice, bom: bytes, separator: str, end: str
    ) -> None:
        content = end.join([HEADERS, 'o1,outcome,"Größe ""A""",,3,5,Yes,0,No', ""])
        row = imported(practice, bom + content.replace(",", separator).encode())
        assert row["processing_errors"] == []
        outcome = by_guid(practice, "o1")
        assert (outcome["title"], outcome["points_possible"]) == ('Größe "A"', 5.0)

    def test_a_semicolon_file_has_more_semicolons_in_its_header(self, practice: Practice) -> None:
        row = imported(practice, "vendor_guid;object_type,title\no1,outcome,One")
        assert row["workflow_state"] == "failed"

    def test_quoted_cells_may_hold_separators_and_lines(self, practice: Practice) -> None:
        imported(practice, 'vendor_guid,object_type,title,description\no1,outcome,"A, B","a\nb"')
        outcome = by_guid(practice, "o1")
        assert (outcome["title"], outcome["description"]) == ("A, B", "a\nb")

    def test_blank_lines_count_as_rows_and_say_nothing(self, practice: Practice) -> None:
        errors = errors_of(practice, "", " , ,,,,", "o 1,outcome,One,,,", "")
        assert errors == [[4, 'The "vendor_guid" field must have no spaces']]

    def test_a_row_is_a_record_and_not_a_line(self, practice: Practice) -> None:
        errors = errors_of(practice, '"o1","outcome","Two\nlines",,,', "o 2,outcome,Two,,,")
        assert [number for number, _ in errors] == [3]

    def test_trailing_commas_are_nothing_but_quoted_empty_cells_are_ratings(
        self, practice: Practice
    ) -> None:
        assert errors_of(practice, "o1,outcome,One,,3,5,Yes,,,,") == []
        assert errors_of(practice, 'o2,outcome,Two,,3,5,Yes,"",""') == [
            [2, "Points for rating tier 2 not present"]
        ]

    def test_a_rating_without_words_says_no_comment(self, practice: Practice) -> None:
        assert errors_of(practice, "o1,outcome,One,,3,5") == []
        assert by_guid(practice, "o1")["ratings"] == [{"description": "No Comment", "points": 5.0}]


class TestNumbers:
    @pytest.mark.parametrize(
        ("separator", "written", "read"),
        [(".", "3.5", 3.5), (".", '"3,5"', 35.0), (",", '"3,5"', 3.5), (",", "3.5", 35.0)],
    )
    def test_the_locale_of_the_account_decides(
        self, practice: Practice, separator: str, written: str, read: float
    ) -> None:
        practice.call(None, "POST", "/_practice/switches", {"decimal_separator": separator})
        assert errors_of(practice, f"o1,outcome,One,,{written},{written},Yes,0,No") == []
        outcome = by_guid(practice, "o1")
        assert (outcome["mastery_points"], outcome["points_possible"]) == (read, read)

    @pytest.mark.parametrize(
        ("cells", "message"),
        [
            ("3,5,Yes,,Half", "Points for rating tier 2 not present"),
            ("3,5,Yes,x,Half", 'Invalid value for rating tier 2 threshold: "x"'),
            ("3,5,Yes,3.,Half", 'Invalid value for rating tier 2 threshold: "3."'),
            ("x,5,Yes", 'Invalid value for mastery points: "x"'),
            ('"3;5",5,Yes', 'Invalid value for mastery points: "3;5"'),
            (
                "3,3,Half,5,Yes",
                (
                    "Points for tier 2 must be less than points for prior tier "
                    "(5.0 is greater than 3.0)"
                ),
            ),
        ],
    )
    def test_unusable_ones(self, practice: Practice, cells: str, message: str) -> None:
        assert errors_of(practice, f"o1,outcome,One,,{cells}") == [[2, message]]

    def test_equal_points_are_allowed(self, practice: Practice) -> None:
        assert errors_of(practice, "o1,outcome,One,,3,5,Yes,5,Also,0,No") == []
