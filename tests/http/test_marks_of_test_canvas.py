"""Whatever belongs to a test Canvas bears its mark, also when nobody launched from there."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain.access import Role
from domain.ids import SectionId
from tests.builders import a_site
from tests.http.support import browsing
from tests.http.test_foreign_ids import Walk, a_college
from tests.planning_builders import a_link_offer

MARK = '<span class="chip warn">Test Canvas</span>'
PAGES = (
    ("tess", Role.FACULTY, "/assessments?term=&course=&section=&status="),
    ("tess", Role.FACULTY, "/links"),
    ("tess", Role.FACULTY, "/links/offers"),
    ("stew", Role.DATA_STEWARD, "/outcomes"),
    ("stew", Role.DATA_STEWARD, "/outcomes/runs"),
)


@pytest.fixture(params=[True, False], ids=["test", "production"])
def site(request: pytest.FixtureRequest) -> Iterator[tuple[Walk, bool]]:
    college = a_college()
    with college.house.units() as unit:
        kept = unit.sites.named(a_site().name)
        assert kept is not None
        unit.sites.save(replace(kept, test=request.param))
        unit.offers.save(a_link_offer(site_id=kept.id, section_id=SectionId("section-engl101-01")))
        unit.commit()
    with browsing(college.house.app()) as browser:
        yield Walk(college, browser), request.param


def test_stands_there_and_only_there(site: tuple[Walk, bool]) -> None:
    walk, is_test = site
    shown = {}
    for key, role, path in PAGES:
        walk.as_(key, role)
        answer = walk.browser.get(path)
        assert answer.status_code == 200, path
        shown[path] = MARK in answer.text
    assert shown == dict.fromkeys((path for _, _, path in PAGES), is_test)
