"""Reflections: written privately, submitted, shared; read by whom the page says; templates."""

from collections.abc import Iterator
from html import unescape

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.access import Role
from domain.ids import OrgId, PersonId
from domain.reflection import asking
from domain.rostering import EnrolmentRole
from tests.builders import a_course, a_person, a_role_grant, a_section, an_enrolment, an_org
from tests.http.evaluating import AT, ESSAY, WORK, Scene, scene, text_of
from tests.http.support import Browser
from tests.stand_ins import FixedClock

REFLECTION, READ, TEMPLATES = f"{AT}/reflection", "/reflections", "/reflections/templates"
WORDS = "Cite more sources."


@pytest.fixture
def here(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> Iterator[Scene]:
    """Besides, zoe teaches in the same org and tom in another one, which cid coordinates."""
    with scene(memory_units, memory_jobs, clock) as opened:
        opened.keeping.change(ESSAY, reflection=asking("What would you change?"))
        with memory_units() as unit:
            other = an_org("history")
            unit.roster.put_orgs([other])
            unit.roster.put_courses([a_course("hist1", org_id=other.id)])
            unit.roster.put_sections([
                a_section("hist1-01", course_id="course-hist1", org_id=other.id)
            ])  # fmt: skip
            unit.roster.put_people([a_person("tom"), a_person("cid")])
            unit.roster.put_enrolments([
                an_enrolment("zoe", "engl101-02", role=EnrolmentRole.TEACHER),
                an_enrolment("tom", "hist1-01", role=EnrolmentRole.TEACHER),
            ])  # fmt: skip
            unit.roster.grant(a_role_grant("cid", role=Role.COORDINATOR, org_id=other.id))
            unit.commit()
        yield opened


def write(here: Scene, then: str, seen: int = 0, text: str = WORDS) -> None:
    answer = here.tess.post(REFLECTION, {"answer-q1": text, "then": then, "seen": str(seen)})
    assert answer.status_code == 303, unescape(answer.text)


def readers(here: Scene) -> list[str]:
    people = [("cora", Role.COORDINATOR), ("cid", Role.COORDINATOR), ("zoe", Role.FACULTY),
              ("tom", Role.FACULTY)]  # fmt: skip
    return [name for name, role in people if WORDS in text_of(here.as_(name, role), READ)]


class TestWhoReads:
    def test_saved_it_is_the_writers_alone(self, here: Scene) -> None:
        write(here, "save")

        assert readers(here) == []
        assert "only you can read it" in text_of(here.tess, REFLECTION)

    def test_submitted_it_is_for_those_who_keep_the_org(self, here: Scene) -> None:
        write(here, "submit")

        assert readers(here) == ["cora"]

    def test_shared_it_is_for_those_who_teach_there_until_that_ends(self, here: Scene) -> None:
        write(here, "share")
        assert readers(here) == ["cora", "zoe"]

        write(here, "unshare", seen=1)
        assert readers(here) == ["cora"]

    def test_evaluators_write_their_own(self, here: Scene) -> None:
        here.tess.post(f"{AT}/evaluators", {"person": "E77", "scoring": "second"})

        answer = here.eve.post(REFLECTION, {"answer-q1": WORDS, "then": "submit", "seen": "0"})

        assert answer.status_code == 303
        assert readers(here) == ["cora"]
        assert WORDS not in text_of(here.tess, REFLECTION)
        assert here.eve.get(READ).status_code == 403


class TestQuestions:
    def test_stay_as_they_were_answered(self, here: Scene) -> None:
        write(here, "save")
        here.keeping.change(ESSAY, reflection=asking("Something else?"))

        page = text_of(here.tess, REFLECTION)
        assert "What would you change?" in page
        assert WORDS in page
        write(here, "submit", seen=1)

        with here.house.units(write=False) as unit:
            kept = unit.assessments.reflection(WORK, PersonId("person-tess"))
        assert kept is not None
        assert [answer.prompt for answer in kept.answers] == ["What would you change?"]

    def test_text_is_kept_on_a_conflict(self, here: Scene) -> None:
        write(here, "save")

        sent = {"answer-q1": "Another text.", "then": "submit", "seen": "0"}
        answer = here.tess.post(REFLECTION, sent)

        assert answer.status_code == 409
        assert "Another text." in answer.text
        assert WORDS in answer.text


def a_form(**changes: str) -> dict[str, str]:
    return {
        "name": "After an essay", "org": "ENGL", "prompt-1": "How was it?", "answer-1": "choice",
        "options-1": "Well\nBadly", "required-1": "yes", "prompt-2": "How many drafts?",
        "answer-2": "number", **changes,
    }  # fmt: skip


def only_template(here: Scene) -> str:
    with here.house.units(write=False) as unit:
        (template,) = unit.reflections.templates()
    return template.id


class TestTemplates:
    @pytest.fixture
    def cora(self, here: Scene) -> Browser:
        return here.cora

    def test_are_written_and_come_back_to_be_edited(self, here: Scene, cora: Browser) -> None:
        assert cora.post(f"{TEMPLATES}/new", a_form()).headers["location"] == TEMPLATES

        path = f"{TEMPLATES}/{only_template(here)}"
        form = text_of(cora, path)
        for text in ("How was it?", "Well\nBadly", "How many drafts?"):
            assert text in form
        assert "After an essay" in text_of(cora, TEMPLATES)
        again = a_form(seen="1", name="After a talk")
        assert cora.post(path, again).status_code == 303
        assert cora.post(path, {**again, "name": "Late"}).status_code == 409

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"name": " "}, "Give the template a name"),
            ({"prompt-1": "", "prompt-2": ""}, "Ask at least one question"),
            ({"options-1": "Well"}, "at least two options"),
            ({"org": "NOPE"}, "Choose one of the orgs"),
        ],
    )
    def test_a_wrong_field_keeps_the_others(
        self, cora: Browser, wrong: dict[str, str], said: str
    ) -> None:
        answer = cora.post(f"{TEMPLATES}/new", a_form(**wrong))

        assert answer.status_code == 422
        assert said in unescape(answer.text)
        assert "After an essay" in answer.text or "name" in wrong

    def test_of_other_orgs_are_not_there(self, here: Scene, cora: Browser) -> None:
        cora.post(f"{TEMPLATES}/new", a_form())
        path = f"{TEMPLATES}/{only_template(here)}"
        cid = here.as_("cid", Role.COORDINATOR)

        assert "After an essay" not in text_of(cid, TEMPLATES)
        assert cid.get(path).status_code == 404
        assert cid.post(f"{path}/retire", {"retired": "yes"}).status_code == 404

    def test_an_assessment_takes_a_copy(self, here: Scene, cora: Browser) -> None:
        with here.house.units() as unit:
            template = unit.roster.org(OrgId("org-english")).code
            unit.commit()
        cora.post(f"{TEMPLATES}/new", a_form(org=template))
        taken = {
            "name": "Debate", "kind": "outcomes", "purpose": "summative", "scale": "four",
            "points": "20", "org": template, "library": "yes", "more-slos": "THESIS",
            "template": only_template(here),
        }  # fmt: skip

        made = cora.post("/library/new", taken)
        assert made.status_code == 303, unescape(made.text)
        path = made.headers["location"].partition("?")[0]
        cora.post(f"{TEMPLATES}/{only_template(here)}", a_form(seen="1", **{"prompt-1": "New?"}))

        assert "How was it?" in text_of(cora, path)
        cora.post(f"{TEMPLATES}/{only_template(here)}/retire", {"retired": "yes"})
        assert "After an essay" not in text_of(cora, f"{path}/edit")
