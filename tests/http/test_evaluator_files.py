"""Evaluators: rubric, scorecard and evidence as files, without a name where names are hidden."""

import csv
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile, is_zipfile

import anyio
import pytest
from dependency_injector import providers
from httpx import Response
from litestar.handlers import HTTPRouteHandler

from adapters.inbound.http.csrf_tokens import issue
from adapters.inbound.http.routes import ROUTES
from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryRunner
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.ports.documents import Document
from application.scorecards.wanted import FileFormat, Subject
from domain.access import Right, Role
from domain.evaluation import Scoring
from domain.evidence import Evidence, EvidenceSource, EvidenceTarget
from domain.ids import PersonId
from domain.score import value_as_text
from tests.builders import a_person, a_role_grant, a_score
from tests.evidence_builders import a_link_as_evidence, evidence
from tests.evidence_files import PDF
from tests.http.evaluating import AT, WORK, Scene, scene, text_of
from tests.http.support import SAME, Browser
from tests.stand_ins import FixedClock

UPLOAD, EVIDENCE = f"{AT}/scorecard/upload", f"{AT}/evidence"
ANA, BEN = PersonId("person-ana"), PersonId("person-ben")
FILES = [
    f"{AT}/downloads/file?subject={subject}&format={format_}&fill={fill}&student={whom}"
    for subject in Subject
    for format_ in FileFormat
    for fill, whom in (("blank", ""), ("blank", "all"), ("completed", "all"))
]
SECRETS = (
    "Ana", "Ben", "Anthea", "Ortiz-Lund", "ana", "ben", "person-ana", "person-ben", "Cana", "Cben",
    "ana@example.edu", "src-ana", "her video", "ana-ortiz", "Lund's first draft",
)  # fmt: skip
"""Names, logins, Tech IDs, addresses and ids of the students, and what their evidence is called."""


def plainly(document: Document) -> bytes:
    """In place of a PDF, whose text nobody can search: all that the PDF is made of."""
    return repr(document).encode()


@pytest.fixture
def here(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock, tmp_path: Path
) -> Iterator[Scene]:
    with scene(memory_units, memory_jobs, clock, str(tmp_path)) as opened:
        with opened.house.units() as unit:
            ana = a_person("ana", given_name="Anthea", family_name="Ortiz-Lund")
            unit.roster.put_people([ana])
            unit.roster.grant(a_role_grant("ana", role=Role.STUDENT))
            unit.scores.save(a_score("ana", comment="Anthea is clear.", scored_by="person-tess"))
            for one in (
                evidence("drafts", title="Lund's first draft.pdf", description="by Anthea"),
                a_link_as_evidence("clip", title="her video", url="https://example.edu/ana-ortiz"),
                evidence("old", title="Lund's old.pdf").retired(),
                evidence("benny", target=EvidenceTarget.result(WORK, BEN), owner_id=BEN,
                         title="Ben.txt"),
                evidence("sample", target=EvidenceTarget.work(WORK), title="Anthea.pdf",
                         source=EvidenceSource.FACULTY, owner_id=PersonId("person-tess")),
            ):  # fmt: skip
                unit.evidence.save(one)
            unit.commit()
        yield opened


def give(here: Scene, scoring: Scoring = Scoring.RECORD, *, hides: bool = False) -> None:
    form = {"person": "E77", "scoring": "record" if scoring is Scoring.RECORD else "second"}
    answer = here.tess.post(f"{AT}/evaluators", {**form, **({"hides": "yes"} if hides else {})})
    assert answer.status_code == 303, answer.text


def sent_up(browser: Browser, content: bytes, status: int = 200) -> str:
    assert browser.session_id is not None
    answer = browser.client.post(
        UPLOAD,
        data={"csrf": issue(browser.session_id)},
        files={"file": ("scores.csv", content, "text/csv")},
        headers={"sec-fetch-site": SAME},
    )
    assert answer.status_code == status, answer.text
    return unescape(answer.text)


def applied(browser: Browser, preview: str) -> Response:
    hidden = re.findall(r'name="(changes|conflicts)" value="(\[.*?\])"', preview)
    return browser.post(f"{UPLOAD}/apply", dict(hidden))


def filled(browser: Browser, **levels: str) -> bytes:
    """The scorecard as CSV, with the first row's SLO filled by what the file calls the student."""
    answer = browser.get(f"{AT}/downloads/file?subject=scorecard&format=csv&fill=completed")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    for row in rows[1:]:
        row[2] = levels.get(row[1].replace(" ", "_"), row[2])
    written = StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def scored(here: Scene) -> dict[str, str]:
    with here.house.units(write=False) as unit:
        return {one.student_id: value_as_text(one.value) for one in unit.scores.of_work(WORK)}


def in_full(answer: Response) -> str:
    """Body and headers as a person could read them, workbooks unpacked."""
    body = answer.content
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    headers = "\n".join(unquote(value) for value in answer.headers.values())
    return unescape(f"{headers}\n{body.decode('utf-8', 'replace')}")


def leaks(told: str) -> list[str]:
    return [one for one in SECRETS if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", told)]


def scoring_pages(here: Scene) -> list[str]:
    """Every address about the work that an evaluator may open, and what its page links to."""
    paths = {
        path.replace("{work_id:str}", WORK)
        for handler in ROUTES
        if isinstance(handler, HTTPRouteHandler) and "GET" in handler.http_methods
        and handler.opt["right"] is Right.SCORE
        for path in handler.paths
        if path.count("{") == path.count("{work_id:str}")
    }  # fmt: skip
    return sorted({*paths, *FILES} - {f"{AT}/downloads/file"})


class TestHidden:
    @pytest.fixture
    def blind(self, here: Scene) -> Scene:
        here.house.use_cases.make_download.add_kwargs(pdf=providers.Object(plainly))
        give(here, hides=True)
        return here

    def test_no_page_and_no_file_tells_who_it_is(self, blind: Scene) -> None:
        eve = blind.eve
        told = {path: eve.get(path) for path in scoring_pages(blind)}
        aliases = re.findall(r'<option value="(\w+)" dir="auto"', told[f"{AT}/rubric"].text)
        for alias in aliases:
            told |= {
                path: eve.get(path)
                for path in (
                    f"{AT}/rubric?student={alias}",
                    f"{EVIDENCE}?student={alias}",
                    f"{AT}/downloads/file?subject=rubric&format=csv&fill=completed&student={alias}",
                    f"{AT}/downloads/file?subject=rubric&format=pdf&fill=blank&student={alias}",
                )
            }
        preview = sent_up(eve, filled(eve, Student_1="1", Student_2="1"))

        assert len(aliases) == 2
        opened = {path for path, answer in told.items() if answer.status_code == 200}
        assert {f"{AT}/downloads", EVIDENCE, UPLOAD, *FILES[:2]} <= opened
        assert {
            path: leaks(in_full(told[path])) for path in opened if leaks(in_full(told[path]))
        } == {}
        assert "2 scores change" in preview
        assert leaks(preview) == []

    def test_evidence_has_neutral_names_on_page_and_disk(self, blind: Scene) -> None:
        blind.as_("ana", Role.STUDENT)
        browser = blind.browser
        assert browser.session_id is not None
        browser.client.post(
            f"{AT}/mine/evidence/file",
            content=PDF,
            headers={"x-csrf-token": issue(browser.session_id), "sec-fetch-site": SAME,
                     "x-file-name": "Lund.pdf"},
        )  # fmt: skip
        (own,) = [one for one in kept(blind) if one.title == "Lund.pdf"]

        eve = blind.eve
        page = text_of(eve, EVIDENCE)
        served = eve.get(f"/evidence/{own.id}/file")

        assert "Evidence 1.pdf" in page
        assert "address not shown" in page
        assert served.content == PDF
        assert re.search(
            r"Student%20[12]%2C%20Evidence%20\d\.pdf", served.headers["content-disposition"]
        )
        assert leaks(in_full(served)) == []

    def test_evidence_of_the_section_has_neutral_names_too(self, blind: Scene) -> None:
        with blind.house.units() as unit:
            unit.evidence.save(
                a_link_as_evidence("tape", target=EvidenceTarget.work(WORK), title="Ben speaks",
                                   url="https://example.edu/ana-ortiz")
            )  # fmt: skip
            unit.commit()
        eve = blind.eve
        page = text_of(eve, EVIDENCE)
        section = page[page.index("Of the section") : page.index("Of students")]

        assert "Evidence 1.pdf" in section
        assert "Evidence 2" in section
        assert "address not shown" in section
        assert leaks(page) == []

    def test_the_scorecard_comes_back_by_its_key(self, blind: Scene) -> None:
        eve = blind.eve
        applied(eve, sent_up(eve, filled(eve, Student_1="1", Student_2="1")))

        assert scored(blind) == {ANA: "1", BEN: "1"}

    def test_a_tech_id_finds_nobody(self, blind: Scene) -> None:
        assert "Student key" in sent_up(blind.eve, b"Tech ID,THESIS\nCana,1\n", 422)
        said = sent_up(blind.eve, b"Student key,THESIS\nCana,1\n")
        assert "no student of this section has it" in said

    def test_a_file_with_names_ends_when_they_are_hidden(self, here: Scene) -> None:
        give(here)
        eve = here.eve
        asked = eve.post(f"{AT}/downloads", {"subject": "rubric", "format": "csv",
                                             "fill": "completed", "student": "all"})  # fmt: skip
        path = asked.headers["location"]
        handlers = {"make-download": here.house.use_cases.make_long_download()}
        anyio.run(MemoryRunner(here.house.jobs, handlers).run_all)
        assert "Anthea" in eve.get(f"{path}/file").text

        give(here, hides=True)

        assert here.eve.get(f"{path}/file").status_code == 404
        assert here.eve.get(path).status_code == 404


class TestNamed:
    def test_files_and_evidence_are_as_a_teacher_has_them(self, here: Scene) -> None:
        give(here)
        eve = here.eve
        card = eve.get(f"{AT}/downloads/file?subject=scorecard&format=csv&fill=completed").text
        page = text_of(eve, EVIDENCE)

        assert "Cana" in card
        assert "Lund's first draft.pdf" in page
        assert "https://example.edu/ana-ortiz" in page
        assert "Lund's old" not in page
        assert "Anthea.pdf" in page[page.index("Of the section") : page.index("Of students")]

    def test_a_second_scorer_gets_and_gives_only_own_scores(self, here: Scene) -> None:
        give(here, Scoring.SECOND)
        eve = here.eve
        card = filled(eve, **{"Ortiz-Lund,_Anthea": "4"})
        applied(eve, sent_up(eve, card))

        with here.house.units(write=False) as unit:
            (second,) = unit.evaluations.of_scorer(WORK, PersonId("person-eve"))
        assert (second.student_id, value_as_text(second.value)) == (ANA, "4")
        assert scored(here) == {ANA: "3"}

    def test_evidence_is_theirs_to_read_only(self, here: Scene) -> None:
        give(here)
        eve = here.eve

        assert "Add files" not in text_of(eve, EVIDENCE)
        assert eve.post(f"{EVIDENCE}/link", {"url": "https://example.edu"}).status_code == 403
        for act in ("describe", "retire", "remove"):
            answer = eve.post(f"/evidence/evidence-drafts/{act}", {"title": "x"})
            assert answer.status_code == 403, act
        assert len(kept(here)) == 3


class TestOthers:
    def test_the_evaluator_of_another_assessment_gets_nothing(self, here: Scene) -> None:
        zoe = here.as_("zoe", Role.EVALUATOR)

        for path in (f"{AT}/downloads", UPLOAD, EVIDENCE, *FILES, "/evidence/evidence-drafts/file"):
            assert zoe.get(path).status_code == 404, path
        form = {"subject": "rubric", "format": "pdf", "fill": "blank", "student": "all"}
        assert zoe.post(f"{AT}/downloads", form).status_code == 404
        assert zoe.post(f"{UPLOAD}/apply", {"changes": "[]"}).status_code == 404
        sent_up(zoe, b"Tech ID,THESIS\nCana,1\n", 404)

    def test_taken_back_nothing_opens_any_more(self, here: Scene) -> None:
        give(here)
        here.tess.post(f"{AT}/evaluators/take-back", {"person": "person-eve"})

        for path in (f"{AT}/downloads", EVIDENCE, "/evidence/evidence-drafts/file"):
            assert here.eve.get(path).status_code == 404, path


def kept(here: Scene) -> list[Evidence]:
    with here.house.units(write=False) as unit:
        return unit.evidence.of_target(EvidenceTarget.result(WORK, ANA))
