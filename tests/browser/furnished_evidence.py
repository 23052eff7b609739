"""Evidence in every state, of a student and of the section."""

from datetime import timedelta

from application.ports.unit_of_work import UnitOfWork
from domain.evidence import (
    EvidenceKind,
    EvidenceSource,
    EvidenceTarget,
    ScanState,
    StoredFile,
)
from domain.ids import AssignedDlaId, PersonId
from tests.browser.furnished_improvement import SENT_IN
from tests.browser.scoring_server import WORK
from tests.evidence_builders import a_link_as_evidence, evidence
from tests.stand_ins import NOON

STUDENT, OTHER, TESS = PersonId("person-s000"), PersonId("person-s001"), PersonId("person-tess")
LONG = "A recording of the presentation, with the questions of the class at its end."


def furnish_evidence(unit: UnitOfWork) -> None:
    own = EvidenceTarget.result(WORK, STUDENT)
    returned = EvidenceTarget.dla(AssignedDlaId("assigned-sources-s000"), STUDENT)
    handed_in = EvidenceTarget.dla(AssignedDlaId("assigned-graphs-s001"), OTHER)
    film = StoredFile("key-film", "video/mp4", 184_300_000, "d" * 64)
    pieces = (
        evidence("first-draft", target=own, owner_id=STUDENT, description="Before the review"),
        evidence("film", target=own, owner_id=STUDENT, title="Bài thuyết trình 演講.mp4", file=film,
                 scan=ScanState.WAITING, description=LONG),
        evidence("macro", target=own, owner_id=STUDENT, title="calculation.xls",
                 scan=ScanState.REFUSED),
        a_link_as_evidence("poster", target=own, owner_id=STUDENT),
        a_link_as_evidence("essay", target=own, owner_id=STUDENT, source=EvidenceSource.LMS,
                           kind=EvidenceKind.SUBMISSION, title="Lab report, attempt 2",
                           description="lab-report.docx"),
        evidence("notes", target=own, owner_id=TESS, source=EvidenceSource.FACULTY,
                 title="Notes on the talk.pdf", scan=ScanState.CLEAN),
        evidence("other", target=EvidenceTarget.result(WORK, OTHER), owner_id=OTHER),
        evidence("minutes", target=EvidenceTarget.action_plan(SENT_IN), owner_id=TESS,
                 source=EvidenceSource.FACULTY, title="Minutes of May.pdf"),
        evidence("sources", target=returned, owner_id=STUDENT, title="Sources, first try.pdf",
                 added_at=NOON - timedelta(days=10)),
        evidence("third", target=returned, owner_id=STUDENT, title="Third source.pdf"),
        evidence("chart", target=handed_in, owner_id=OTHER, title="Chart with two axes.pdf",
                 added_at=NOON - timedelta(days=3)),
        a_link_as_evidence("data", target=handed_in, owner_id=OTHER,
                           added_at=NOON - timedelta(days=3)),
        evidence("sample", target=EvidenceTarget.work(WORK), owner_id=TESS,
                 source=EvidenceSource.FACULTY, title="Three samples.zip"),
    )  # fmt: skip
    for one in pieces:
        unit.evidence.save(one)
    old = evidence("old", target=EvidenceTarget.work(WORK), owner_id=TESS,
                   added_at=NOON - timedelta(days=40), title="Samples of spring.zip")  # fmt: skip
    unit.evidence.save(old.retired())
