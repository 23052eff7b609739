"""DLAs and self-assessments as they go out and come in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from adapters.inbound.http.api.wire import In, Line, Out, Prose, Zoned, shapes
from application.queries.student_work.dla_records import AssignedRecord
from domain.dla import Dla, DlaState
from domain.self_assessment import SelfAssessment
from domain.web_link import WebLink, links_as_text

Address = Annotated[str, msgspec.Meta(max_length=2000, pattern=r"^https?://[^\s\x00-\x1f]+$")]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000, pattern=r"^[^\x00]*$")]
Label = Annotated[str, msgspec.Meta(max_length=300, pattern=r"^[^\x00-\x1f]*$")]


class LinkShape(In, frozen=True):
    """A web page somewhere else, and what it is called."""

    address: Address
    label: Label = ""


class DlaOut(Out, frozen=True):
    """`handIn` says what the student hands in. `retiredAt`: offered no more since."""

    id: str
    title: str
    instructions: str
    links: list[LinkShape]
    hand_in: str
    slo_id: str | None
    made_at: datetime
    retired_at: datetime | None
    version: int


class DlaIn(In, frozen=True):
    title: Line
    instructions: Text
    links: tuple[LinkShape, ...] = ()
    hand_in: Prose = ""
    slo_id: Line | None = None


class AssignIn(In, frozen=True):
    """`sectionAssessmentId`: the assessment whose results led to it."""

    section_id: Line
    student_ids: Annotated[tuple[Line, ...], msgspec.Meta(min_length=1, max_length=1000)]
    due_at: Zoned | None = None
    section_assessment_id: Line | None = None


class AssignedCount(Out, frozen=True):
    """`already` had it in the section; they keep it as it stands."""

    assigned: int
    already: int


class DlaStepOut(Out, frozen=True):
    """`text` is what was handed in then, or the word of the teacher."""

    state: DlaState
    at: datetime
    by: str
    text: str


class AssignedDlaOut(Out, frozen=True):
    """A DLA as one student has it. A draft, `text` and `links`, is shown to the student alone.

    `links` are the attached ones; files are attached on pages.
    """

    id: str
    dla_id: str
    title: str
    section_id: str
    student_id: str
    section_assessment_id: str | None
    due_at: datetime | None
    state: DlaState
    text: str
    links: list[LinkShape]
    word: str
    """What the teacher said last."""
    steps: list[DlaStepOut]
    assigned_by: str
    assigned_at: datetime
    version: int


class DlaDecisionIn(In, frozen=True):
    """`return` needs a word on what to change."""

    decision: Literal["accept", "return"]
    word: Prose = ""


class DlaWritten(In, frozen=True):
    """`handIn` false keeps a draft. `links` are attached to it, each once; none is removed."""

    text: Prose = ""
    links: tuple[LinkShape, ...] = ()
    hand_in: bool = False


class OwnScoreShape(In, frozen=True):
    """`value` is a level of the row as text, or empty where nothing is decided."""

    row_id: Line
    value: Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[^\x00]*$")]
    comment: Prose = ""


class SelfAssessmentOut(Out, frozen=True):
    """A student's own scoring; it is no result. `submittedAt` null: the student alone sees it.

    Who teaches is shown the rows on which they have decided, and the note once that is all.
    """

    section_assessment_id: str
    student_id: str
    scores: list[OwnScoreShape]
    note: str
    submitted_at: datetime | None
    version: int


class SelfAssessmentIn(In, frozen=True):
    """`submit` shows it to who teaches, which needs a level on every row."""

    scores: Annotated[tuple[OwnScoreShape, ...], msgspec.Meta(max_length=200)]
    note: Prose = ""
    submit: bool = False


def dla_out(dla: Dla) -> DlaOut:
    return DlaOut(
        dla.id, dla.title, dla.instructions, shapes(LinkShape, dla.links), dla.hand_in, dla.slo_id,
        dla.made_at, dla.retired_at, dla.version,
    )  # fmt: skip


def assigned_dla_out(found: AssignedRecord) -> AssignedDlaOut:
    one = found.assigned
    return AssignedDlaOut(
        id=one.id,
        dla_id=one.dla_id,
        title=found.dla.title,
        section_id=one.section_id,
        student_id=one.student_id,
        section_assessment_id=one.work_id,
        due_at=one.due_at,
        state=found.state,
        text=one.text,
        links=shapes(LinkShape, found.links),
        word=one.word,
        steps=shapes(DlaStepOut, one.steps),
        assigned_by=one.assigned_by,
        assigned_at=one.assigned_at,
        version=one.version,
    )


def self_assessment_out(one: SelfAssessment) -> SelfAssessmentOut:
    return SelfAssessmentOut(
        one.section_assessment_id, one.student_id, shapes(OwnScoreShape, one.scores), one.note,
        one.submitted_at, one.version,
    )  # fmt: skip


def links_of(links: Iterable[LinkShape]) -> str:
    """As use cases read them, one a line. Raises: NonsenseValue for what is no web address."""
    return links_as_text(tuple(WebLink(one.address, " ".join(one.label.split())) for one in links))
