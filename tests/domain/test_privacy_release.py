"""What is shown of courses that count for higher SLOs, checked over every college there can be."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest

from domain.privacy import release
from domain.privacy.group import Group, PrivacyRule
from domain.privacy.leaves import Bundle, Leaf, Reach, Standing, bundles
from domain.privacy.release import Release, released

Row = tuple[int, ...]
College = tuple[Row, ...]
PARENTS = {"english": "college", "physics": "college", "college": ""}
TO_ISLO: Mapping[str, Reach] = dict.fromkeys("abcdef", frozenset({"islo"}))


def rows_up_to(students: int) -> Iterator[Row]:
    for low, high in product(range(students + 1), repeat=2):
        if low + high <= students:
            yield low, high


def leaves_of(rows: College, orgs: Sequence[str], sections: int = 9) -> list[Leaf]:
    names = "abcdef"[: len(rows)]
    return [
        Leaf(name, 1, name.upper(), Group(name.upper(), row, sections, org))
        for name, row, org in zip(names, rows, orgs, strict=True)
    ]


def seen_of(rows: College, orgs: Sequence[str], rule: PrivacyRule) -> Release:
    leaves = leaves_of(rows, orgs)
    linked = bundles(leaves, TO_ISLO, rule)
    return released("islo", [leaf.group for leaf in leaves], linked, PARENTS, rule)


def visible(seen: Release) -> tuple[object, ...]:
    return (
        tuple((group.key, group.levels) for group in seen.shown),
        tuple((p.org, p.levels, tuple(g.key for g in p.members)) for p in seen.pools),
        tuple(group.key for group in seen.left_out),
    )


def told(orgs: Sequence[str], rule: PrivacyRule) -> list[str]:
    """What readers could work out, over all colleges whose courses are all small."""
    alike: dict[object, list[College]] = defaultdict(list)
    for rows in product(list(rows_up_to(rule.least - 1)), repeat=len(orgs)):
        alike[visible(seen_of(rows, orgs, rule))].append(rows)
    found = []
    for colleges in alike.values():
        for course, row in enumerate(colleges[0]):
            if not any(row):
                continue  # Nobody was assessed there: an empty course is told as one.
            if len({sum(rows[course]) for rows in colleges}) == 1:
                found.append(f"size of {course} in {colleges[0]}")
            found += [
                f"level {level} of {course} in {colleges[0]}"
                for level in range(len(row))
                if len({rows[course][level] for rows in colleges}) == 1
            ]
    return found


ENGLISH, PHYSICS, COLLEGE = "english", "physics", "college"


@pytest.mark.parametrize(
    ("minimum", "orgs"),
    [
        (4, (ENGLISH, ENGLISH, ENGLISH)),
        (4, (ENGLISH, ENGLISH, PHYSICS)),
        (3, (ENGLISH, ENGLISH, ENGLISH, PHYSICS)),
        (3, (ENGLISH, COLLEGE, PHYSICS, PHYSICS)),
    ],
)
def test_no_course_can_be_worked_out(minimum: int, orgs: Sequence[str]) -> None:
    assert told(orgs, PrivacyRule(minimum)) == []


def test_a_pool_of_one_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "POOLED", 1)
    monkeypatch.setattr(release, "hides", lambda *_: True)
    assert told((ENGLISH, ENGLISH, PHYSICS), PrivacyRule(3))


def test_small_courses_count_together_from_the_org_that_holds_three() -> None:
    seen = seen_of(((3, 3), (2, 4), (4, 4), (30, 10)), (ENGLISH, ENGLISH, PHYSICS, PHYSICS), TEN)
    assert [group.key for group in seen.shown] == ["D"]
    assert [(pool.org, pool.levels) for pool in seen.pools] == [("college", (9, 11))]


def test_two_small_courses_are_in_no_number() -> None:
    seen = seen_of(((3, 3), (2, 4), (30, 10)), (ENGLISH, ENGLISH, PHYSICS), TEN)
    assert not seen.pools
    assert [group.key for group in seen.left_out] == ["A", "B"]


def test_courses_of_one_section_count_together_where_those_are_withheld() -> None:
    leaves = leaves_of(((30, 3), (20, 4), (40, 4)), (ENGLISH, ENGLISH, ENGLISH), sections=1)
    rule = PrivacyRule(10, masks_single_sections=True)
    groups = [leaf.group for leaf in leaves]
    seen = released("islo", groups, bundles(leaves, TO_ISLO, rule), PARENTS, rule)
    assert seen.shown == ()
    assert [pool.levels for pool in seen.pools] == [(90, 11)]


def test_courses_are_merged_only_where_they_count_for_the_same_slos() -> None:
    """Else the ISLO's pool less the PSLO's would be the one course that differs."""
    reaches = {name: frozenset({"pslo", "islo"}) for name in "abc"} | {"d": frozenset({"islo"})}
    leaves = leaves_of(((3, 3), (2, 4), (4, 4), (3, 2)), [ENGLISH] * 4)
    linked, groups = bundles(leaves, reaches, TEN), [leaf.group for leaf in leaves]
    seen = released("islo", groups, linked, PARENTS, TEN)
    assert [[group.key for group in pool.members] for pool in seen.pools] == [["A", "B", "C"]]
    assert [group.key for group in seen.left_out] == ["D"]


def test_a_course_with_one_shown_and_one_withheld_slo_is_left_out_above() -> None:
    """Else what counts above less what is shown below would be what is withheld."""
    large, small = Group("A", (20, 20), 9, ENGLISH), Group("A", (2, 2), 9, ENGLISH)
    leaves = [Leaf("a1", 1, "A", large), Leaf("a2", 1, "A", small)]
    reaches = dict.fromkeys(("a1", "a2"), frozenset({"islo"}))
    (bundle,) = bundles(leaves, reaches, TEN)
    assert bundle.standing is Standing.LEFT_OUT
    both = Group("A", (22, 22), 9, ENGLISH)
    assert released("islo", [both], [bundle], PARENTS, TEN).left_out == (both,)


def test_slos_of_a_course_that_lead_to_different_ones_are_judged_apart() -> None:
    large, small = Group("A", (20, 20), 9, ENGLISH), Group("A", (2, 2), 9, ENGLISH)
    leaves = [Leaf("a1", 1, "A", large), Leaf("a2", 1, "A", small)]
    reaches = {"a1": frozenset({"islo 1"}), "a2": frozenset({"islo 2"})}
    found: list[Bundle] = bundles(leaves, reaches, TEN)
    assert {(one.standing, one.counts_for("islo 1")) for one in found} == {
        (Standing.OPEN, True),
        (Standing.POOLED, False),
    }


TEN = PrivacyRule(10)
