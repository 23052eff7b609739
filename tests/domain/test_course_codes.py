"""Which Canvas course a Section Title names, and which ones are near."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.course_codes import CodeCheck, CodedCourse, Nearness, check_codes, near_codes
from domain.ids import LmsCourseRef
from domain.rostering import Section
from tests.builders import a_section

TERMS = {"term-fall": "Fall 2026"}


def a_course(ref: str, code: str, **changes: Any) -> CodedCourse:
    values = {"sis_id": "", "term": "Fall 2026", "state": "available", **changes}
    return CodedCourse(LmsCourseRef(ref), code, **values)


def titled(title: str, key: str = "one", **changes: Any) -> Section:
    return a_section(key, title=title, **changes)


def checked(sections: list[Section], *courses: CodedCourse) -> CodeCheck:
    return check_codes(sections, TERMS, courses)


class TestEqual:
    def test_one_course_is_well_whatever_blanks_stand_around(self) -> None:
        (match,) = checked([titled(" ENGL  101-01 ")], a_course("7", "ENGL 101-01")).sections
        assert match.is_well
        assert match.candidates == ()

    def test_case_counts(self) -> None:
        (match,) = checked([titled("ENGL 101")], a_course("7", "Engl 101")).sections
        assert match.courses == ()

    def test_several_are_all_shown_and_none_is_chosen(self) -> None:
        courses = (a_course("7", "X-1"), a_course("8", "X-1", term="Spring 2026"))
        (match,) = checked([titled("X-1")], *courses).sections
        assert (match.courses, match.is_well) == (courses, False)

    def test_courses_that_no_section_names_are_listed(self) -> None:
        check = checked([titled("X-1")], a_course("7", "X-1"), a_course("8", "SANDBOX"))
        assert [course.ref for course in check.unclaimed] == ["8"]


CODES = ("ENGL 101", "ENGL 102", "HIST 110", "HIST-210", "MATH 10")


class TestNearCodes:
    def test_spelling_goes_before_subject_and_subject_before_a_slip(self) -> None:
        assert near_codes("hist210", CODES) == ("HIST-210", "HIST 110")
        assert near_codes("ENGL 999", CODES) == ("ENGL 101", "ENGL 102")
        assert near_codes("ENLG 101", CODES)[0] == "ENGL 101"

    def test_nothing_is_near_what_is_far(self) -> None:
        assert near_codes("ZZZ", CODES) == near_codes(" - ", CODES) == ()

    @given(st.text(), st.lists(st.text(max_size=12)))
    def test_only_what_is_there_is_offered_each_once(self, wanted: str, codes: list[str]) -> None:
        found = near_codes(wanted, codes)
        assert len(found) == len(set(found)) <= 5
        assert set(found) <= set(codes)


class TestNear:
    def test_the_nearest_stand_first_and_each_once(self) -> None:
        section = titled("ENGL 101-01", source_id="sis-1", code="40101")
        check = checked(
            [section],
            a_course("1", "ENGL 101-02"),
            a_course("2", "OTHER", sis_id="40101"),
            a_course("3", "engl_101.01", sis_id="sis-1"),
            a_course("4", "ENGL 101-03", term="Spring 2027"),
        )
        (match,) = check.sections
        assert [(c.course.ref, c.nearness) for c in match.candidates] == [
            ("3", Nearness.SPELLING), ("2", Nearness.SIS_ID), ("1", Nearness.TERM),
        ]  # fmt: skip

    def test_at_most_five_are_offered(self) -> None:
        courses = [a_course(str(number), f"ENGL 101-{number}") for number in range(20, 40)]
        (match,) = checked([titled("ENGL 101-01")], *courses).sections
        assert len(match.candidates) == 5


@given(st.lists(st.sampled_from(["A 1", "a-1", "A1", "B 2", ""]), max_size=6))
def test_a_course_is_claimed_by_its_equal_only(codes: list[str]) -> None:
    courses = [a_course(str(number), code) for number, code in enumerate(codes)]
    check = checked([titled("A 1")], *courses)
    (match,) = check.sections
    claimed = {course.ref for course in match.courses}
    assert claimed == {course.ref for course in courses if course.code == "A 1"}
    assert claimed.isdisjoint(course.ref for course in check.unclaimed)
