"""Evidence by page: several files in one form, streams, serving, and who may see what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pytest
from httpx import Response

from adapters.inbound.http.csrf_tokens import issue
from adapters.inbound.http.evidence import evidence_acts, my_evidence, plan_evidence, work_evidence
from adapters.inbound.http.improvement import action_plan
from adapters.inbound.http.scoring import release
from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.access import Role
from domain.evidence import Evidence, EvidenceState, EvidenceTarget
from domain.ids import PersonId, SectionAssessmentId
from domain.improvement.action_plan import ActionPlan, ActionPlanState
from tests.builders import College, a_person, a_role_grant, a_score, an_org
from tests.evidence_files import (
    GIF_AND_PAGE,
    PDF,
    PNG,
    SVG_WITH_SCRIPT,
    a_document,
    a_zip_bomb,
)
from tests.http.support import SAME, Backstage, Browser, browsing
from tests.http.whole import WholeHouse, under
from tests.improvement_builders import an_action_plan
from tests.stand_ins import FixedClock

WORK = SectionAssessmentId("work-essay")
ANA, BEN, TESS = PersonId("person-ana"), PersonId("person-ben"), PersonId("person-tess")
MINE, THEIRS = f"/works/{WORK}/mine/evidence", f"/works/{WORK}/evidence"
ROUTES = (
    *action_plan.ROUTES,
    *my_evidence.ROUTES,
    *work_evidence.ROUTES,
    *plan_evidence.ROUTES,
    *evidence_acts.ROUTES,
    release.release,
)
Sent = tuple[str, tuple[str, bytes, str]]


def sent(name: str, content: bytes, kind: str = "application/octet-stream") -> Sent:
    return "files", (name, content, kind)


@dataclass
class School:
    """Tess teaches Ana and Ben; Zed teaches elsewhere, Dana is a Data Steward."""

    house: WholeHouse
    browser: Browser
    data: Path

    def enter(self, key: str, role: Role) -> Browser:
        backstage = Backstage(self.house.units, self.house.clock, self.house.keyring)
        return self.browser.signed_in(backstage.launched(PersonId(f"person-{key}"), role))

    def ana(self) -> Browser:
        return self.enter("ana", Role.STUDENT)

    def tess(self) -> Browser:
        return self.enter("tess", Role.FACULTY)

    def send(self, path: str, *files: Sent, **form: str) -> Response:
        assert self.browser.session_id is not None
        return self.browser.client.post(
            path,
            data={"csrf": issue(self.browser.session_id), **form},
            files=list(files),
            headers={"sec-fetch-site": SAME},
            follow_redirects=False,
        )

    def stream(self, path: str, name: str, content: bytes, **headers: str) -> Response:
        assert self.browser.session_id is not None
        given = {
            "x-csrf-token": issue(self.browser.session_id),
            "sec-fetch-site": SAME,
            "x-file-name": quote(name),
            **headers,
        }
        return self.browser.client.post(path, content=content, headers=given)

    def kept(self, student: PersonId | None = ANA) -> list[Evidence]:
        target = EvidenceTarget.result(WORK, student) if student else EvidenceTarget.work(WORK)
        with self.house.units(write=False) as unit:
            return unit.evidence.of_target(target)

    def stored(self) -> list[Path]:
        return [path for path in (self.data / "evidence").rglob("*") if path.is_file()]


@pytest.fixture
def house(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock, tmp_path: Path
) -> WholeHouse:
    return WholeHouse(memory_units, memory_jobs, clock, data_dir=str(tmp_path))


@pytest.fixture
def school(house: WholeHouse, tmp_path: Path) -> Iterator[School]:
    backstage = Backstage(house.units, house.clock, house.keyring)
    with house.units() as unit:
        College().store(unit)
        for key, role in (("ana", Role.STUDENT), ("ben", Role.STUDENT), ("tess", Role.FACULTY)):
            unit.roster.grant(a_role_grant(key, role=role))
        unit.commit()
    backstage.person("zed", Role.FACULTY)
    backstage.person("dana", Role.DATA_STEWARD)
    with browsing(
        house.app(routes=under("/evidence", "/works", "/mine", "/action-plans"))
    ) as browser:
        yield School(house, browser, tmp_path)


class TestBringing:
    def test_several_files_of_one_form(self, school: School) -> None:
        school.ana()
        answer = school.send(
            MINE, sent("draft.pdf", PDF), sent("notes.txt", b"plan"), description="First week"
        )
        page = school.browser.get(answer.headers["location"])

        assert answer.status_code == 303
        assert [(one.title, one.description) for one in school.kept()] == [
            ("draft.pdf", "First week"),
            ("notes.txt", "First week"),
        ]
        assert "2 pieces of evidence were added." in page.text
        assert len(school.stored()) == 2

    def test_what_is_refused_does_not_stop_the_others(self, school: School) -> None:
        school.ana()
        answer = school.send(MINE, sent("draft.pdf", PDF), sent("logo.svg", SVG_WITH_SCRIPT))

        assert answer.status_code == 422
        assert "One file was not taken" in answer.text
        assert "logo.svg" in answer.text
        assert [one.title for one in school.kept()] == ["draft.pdf"]
        assert len(school.stored()) == 1

    def test_a_stream_needs_its_token_before_a_byte_is_read(self, school: School) -> None:
        school.ana()
        answer = school.stream(f"{MINE}/file", "draft.pdf", PDF, **{"x-csrf-token": "old"})

        assert answer.status_code == 403
        assert school.stored() == []

    def test_a_stream_is_answered_in_json(self, school: School) -> None:
        school.ana()
        taken = school.stream(f"{MINE}/file", "Bài luận.pdf", PDF)
        refused = school.stream(f"{MINE}/file", "page.html", b"<html><script>1</script>")

        assert taken.status_code == 201
        assert taken.json()["title"] == "Bài luận.pdf"
        assert refused.status_code == 422
        assert refused.json()["detail"].startswith("this kind is not taken")

    def test_faculty_bring_it_about_a_student_or_the_section(self, school: School) -> None:
        school.tess()
        school.send(THEIRS, sent("feedback.pdf", PDF), student=ANA)
        school.stream(f"{THEIRS}/file", "sample.png", PNG)
        page = school.browser.get(THEIRS).text

        assert [one.title for one in school.kept()] == ["feedback.pdf"]
        assert [one.title for one in school.kept(None)] == ["sample.png"]
        assert "feedback.pdf" in page
        assert "sample.png" in page

    def test_a_link_is_a_web_address_and_nothing_else(self, school: School) -> None:
        school.ana()
        good = school.browser.post(f"{MINE}/link", {"url": "https://example.edu/film"})
        bad = school.browser.post(f"{MINE}/link", {"url": "javascript:alert(1)", "title": "Film"})

        assert good.status_code == 303
        assert bad.status_code == 422
        assert 'value="Film"' in bad.text
        assert [one.url for one in school.kept()] == ["https://example.edu/film"]


class TestHarm:
    @pytest.mark.parametrize(
        ("name", "content", "why"),
        [
            ("logo.svg", SVG_WITH_SCRIPT, "this kind is not taken"),
            ("logo.txt", SVG_WITH_SCRIPT, "this kind is not taken"),
            ("run.exe", b"MZ" + bytes(200), "this kind is not taken"),
            ("bomb.zip", a_zip_bomb(), "unpacks to far more"),
            ("bomb.docx", a_document(a_zip_bomb=True), "unpacks to far more"),
            ("cut.zip", a_zip_bomb()[:2000], "no whole archive"),
            ("empty.pdf", b"", "it is empty"),
        ],
        ids=["svg", "svg as text", "program", "bomb", "document bomb", "cut archive", "empty"],
    )
    def test_is_refused_and_leaves_nothing(
        self, school: School, name: str, content: bytes, why: str
    ) -> None:
        school.ana()
        answer = school.stream(f"{MINE}/file", name, content)

        assert answer.status_code == 422
        assert why in answer.json()["detail"]
        assert school.kept() == []
        assert school.stored() == []

    def test_a_polyglot_is_what_its_first_bytes_say(self, school: School) -> None:
        school.ana()
        school.stream(f"{MINE}/file", "page.html", GIF_AND_PAGE)
        (one,) = school.kept()
        served = school.browser.get(f"/evidence/{one.id}/file")

        assert one.title == "page.html.gif"
        assert served.content == GIF_AND_PAGE
        assert served.headers["content-type"] == "image/gif"
        assert served.headers["content-disposition"].startswith("attachment;")
        assert served.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert served.headers["x-content-type-options"] == "nosniff"

    def test_a_name_with_a_way_out_is_only_a_name(self, school: School) -> None:
        school.ana()
        name = '../../etc/"; filename=evil.html\r\nX: y\u202e.pdf'
        school.stream(f"{MINE}/file", name, PDF)
        (one,) = school.kept()
        served = school.browser.get(f"/evidence/{one.id}/file").headers

        assert one.title == "; filename=evil.htmlX y.pdf"
        assert re.fullmatch(
            r"attachment; filename=\"[^\"]*\"; filename\*=UTF-8''[\w.%~-]*",
            served["content-disposition"],
        )
        assert "x" not in served

    def test_as_much_as_is_taken(self, school: School) -> None:
        school.house.use_cases.evidence_limits.add_kwargs(files=1)
        school.ana()
        school.send(MINE, sent("one.pdf", PDF))
        answer = school.send(MINE, sent("two.pdf", PDF))

        assert answer.status_code == 422
        assert "remove one first" in answer.text
        assert len(school.kept()) == 1

    def test_too_large_a_file_is_told_at_once(self, school: School) -> None:
        school.house.use_cases.evidence_limits.add_kwargs(megabytes=1)
        school.ana()
        answer = school.stream(f"{MINE}/file", "long.pdf", PDF + bytes(1_000_001))

        assert "larger than 1 MB" in answer.json()["detail"]
        assert school.stored() == []


class TestSeeing:
    def opened(self, school: School, key: str, role: Role, evidence: Evidence) -> int:
        return school.enter(key, role).get(f"/evidence/{evidence.id}/file").status_code

    def test_a_students_file_is_for_them_and_their_teachers(self, school: School) -> None:
        school.ana()
        school.send(MINE, sent("draft.pdf", PDF))
        (one,) = school.kept()

        assert self.opened(school, "ana", Role.STUDENT, one) == 200
        assert self.opened(school, "tess", Role.FACULTY, one) == 200
        for key, role in (("ben", Role.STUDENT), ("zed", Role.FACULTY),
                          ("dana", Role.DATA_STEWARD)):  # fmt: skip
            assert self.opened(school, key, role, one) == 404

    def test_nobody_else_can_do_anything_with_it(self, school: School) -> None:
        school.ana()
        school.send(MINE, sent("draft.pdf", PDF))
        (one,) = school.kept()
        for key, role in (("ben", Role.STUDENT), ("zed", Role.FACULTY)):
            browser = school.enter(key, role)
            for act in ("describe", "retire", "restore", "remove"):
                answer = browser.post(f"/evidence/{one.id}/{act}", {"title": "x"})
                assert answer.status_code == 404, act
        assert school.kept() == [one]

    def test_nothing_is_brought_where_one_has_no_part(self, school: School) -> None:
        for key, role, path in (("zed", Role.FACULTY, THEIRS), ("tess", Role.FACULTY, THEIRS)):
            school.enter(key, role)
            student = "person-zed" if key == "tess" else ANA
            assert school.send(path, sent("x.pdf", PDF), student=student).status_code == 404
        assert school.stored() == []

    def test_what_faculty_bring_is_seen_once_results_are_released(self, school: School) -> None:
        school.tess()
        school.send(THEIRS, sent("feedback.pdf", PDF), student=ANA)
        (one,) = school.kept()
        assert "feedback.pdf" not in school.ana().get(MINE).text
        assert self.opened(school, "ana", Role.STUDENT, one) == 404

        school.tess().post(f"/works/{WORK}/release", {"released": "yes"})

        assert "feedback.pdf" in school.ana().get(MINE).text
        assert self.opened(school, "ana", Role.STUDENT, one) == 200


class TestActionPlans:
    @pytest.fixture
    def plan(self, school: School) -> ActionPlan:
        with school.house.units() as unit:
            for key in ("cora", "carl"):
                unit.roster.put_people([a_person(key)])
            unit.roster.put_orgs([an_org("science")])
            unit.roster.grant(a_role_grant("cora", role=Role.COORDINATOR))
            science = a_role_grant("carl", role=Role.COORDINATOR, org_id=an_org("science").id)
            unit.roster.grant(science)
            plan = unit.action_plans.save(an_action_plan())
            unit.commit()
        return plan

    def test_who_answers_it_brings_and_who_keeps_it_opens(
        self, school: School, plan: ActionPlan
    ) -> None:
        path = f"/action-plans/{plan.id}"
        tess = school.tess()
        assert "Evidence (0)" in tess.get(path).text
        assert school.send(f"{path}/evidence", sent("minutes.pdf", PDF)).status_code == 303
        link = {"url": "https://example.edu/plan"}
        assert tess.post(f"{path}/evidence/link", link).status_code == 303
        assert tess.post(f"{path}/evidence/link", {"url": "nowhere"}).status_code == 422
        with school.house.units(write=False) as unit:
            file, _ = unit.evidence.of_target(EvidenceTarget.action_plan(plan.id))
        cora = school.enter("cora", Role.COORDINATOR)
        assert "Evidence (2)" in cora.get(path).text
        assert "minutes.pdf" in cora.get(f"{path}/evidence").text
        assert cora.get(f"/evidence/{file.id}/file").content == PDF
        assert cora.post(f"{path}/evidence/link", link).status_code == 303
        assert cora.post(f"/evidence/{file.id}/retire").status_code == 303
        assert "Evidence (2)" in cora.get(path).text
        assert school.tess().post(f"/evidence/{file.id}/remove").status_code == 303
        assert school.stored() == []

    @pytest.mark.parametrize(
        ("key", "role"), [("zed", Role.FACULTY), ("carl", Role.COORDINATOR), ("ana", Role.STUDENT)]
    )
    def test_a_stranger_sees_and_brings_nothing(
        self, school: School, plan: ActionPlan, key: str, role: Role
    ) -> None:
        path = f"/action-plans/{plan.id}/evidence"
        school.tess()
        school.send(path, sent("minutes.pdf", PDF))
        with school.house.units(write=False) as unit:
            (file,) = unit.evidence.of_target(EvidenceTarget.action_plan(plan.id))
        unseen = 403 if role is Role.STUDENT else 404
        stranger = school.enter(key, role)
        assert stranger.get(path).status_code == unseen
        assert stranger.get(f"/evidence/{file.id}/file").status_code == 404
        assert school.stream(f"{path}/file", "mine.pdf", PDF).status_code == unseen
        assert len(school.stored()) == 1

    def test_a_withdrawn_plan_takes_no_more(self, school: School, plan: ActionPlan) -> None:
        path = f"/action-plans/{plan.id}/evidence"
        with school.house.units() as unit:
            unit.action_plans.save(replace(plan, state=ActionPlanState.WITHDRAWN))
            unit.commit()
        tess = school.tess()
        assert "Add files" not in tess.get(path).text
        assert tess.post(f"{path}/link", {"url": "https://example.edu"}).status_code == 422
        assert school.send(path, sent("minutes.pdf", PDF)).status_code == 422
        assert school.stored() == []


class TestEnding:
    def test_removed_it_is_gone_with_its_file(self, school: School) -> None:
        ana = school.ana()
        school.send(MINE, sent("draft.pdf", PDF))
        (one,) = school.kept()
        answer = ana.post(f"/evidence/{one.id}/remove", {"back": MINE})

        assert (answer.status_code, answer.headers["location"]) == (303, MINE)
        assert school.stored() == []
        assert ana.get(f"/evidence/{one.id}/file").status_code == 404
        assert ana.post(f"/evidence/{one.id}/remove").status_code == 404

    def test_once_scored_it_can_only_be_retired_and_taken_back(self, school: School) -> None:
        ana = school.ana()
        school.send(MINE, sent("draft.pdf", PDF))
        (one,) = school.kept()
        with school.house.units() as unit:
            unit.scores.save(a_score())
            unit.commit()

        assert ana.post(f"/evidence/{one.id}/remove").status_code == 409
        assert ana.post(f"/evidence/{one.id}/retire").status_code == 303
        assert school.kept()[0].state is EvidenceState.RETIRED
        assert ana.post(f"/evidence/{one.id}/restore").status_code == 303
        assert school.kept()[0].state is EvidenceState.KEPT

    def test_a_file_described_anew_keeps_what_it_is(self, school: School) -> None:
        ana = school.ana()
        school.send(MINE, sent("draft.pdf", PDF))
        (one,) = school.kept()
        form = {"title": "final.exe", "description": "Last one", "back": "//evil.test"}
        answer = ana.post(f"/evidence/{one.id}/describe", form)

        assert answer.headers["location"] == "/"
        assert (school.kept()[0].title, school.kept()[0].description) == (
            "final.exe.pdf",
            "Last one",
        )
