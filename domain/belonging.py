"""What belongs to a person: whose it is, where there is room for one only, what was written."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from enum import StrEnum

from domain.access import RoleGrant
from domain.assessment import Assessment, OwnGrade
from domain.delivery import Delivery
from domain.dla import AssignedDla, Dla
from domain.evaluation import Evaluator, SecondScore, Settled
from domain.evidence import Evidence
from domain.identity import LmsIdentity
from domain.ids import PersonId
from domain.improvement.action_plan import PlanAsked
from domain.improvement.rfi import RfiAsk
from domain.link import ContextChoice
from domain.lms_site import AccountAuthorisation, Authorisation, SectionPairing
from domain.portfolio.collection import Collection
from domain.portfolio.share import Share
from domain.reflection import Reflection
from domain.rostering import Demographic, Enrolment
from domain.score import Blank, Score
from domain.score_import.import_run import ImportedCell
from domain.score_import.source import ScoreSource
from domain.self_assessment import SelfAssessment

OfStudent = (
    Score
    | OwnGrade
    | Delivery
    | ImportedCell
    | ScoreSource
    | SecondScore
    | Settled
    | SelfAssessment
    | AssignedDla
)
"""What names its owner as the student whom it is about."""
OfOwner = Assessment | Dla | Collection | Share
"""What need not be anybody's own."""
Belonging = (
    OfStudent
    | OfOwner
    | Enrolment
    | RoleGrant
    | LmsIdentity
    | ContextChoice
    | SectionPairing
    | Authorisation
    | AccountAuthorisation
    | Reflection
    | Evidence
    | PlanAsked
    | RfiAsk
    | Evaluator
    | Demographic
)
"""What is a person's own. Who once did something stays as it was written then."""


class BelongingKind(StrEnum):
    ENROLMENT = "enrolment"
    ROLE_GRANT = "role grant"
    LMS_IDENTITY = "LMS user"
    CHOICE = "section chosen"
    PAIRING = "course chosen"
    AUTHORISATION = "authorization"
    ACCOUNT_AUTHORISATION = "account authorization"
    REFLECTION = "reflection"
    ASSESSMENT = "own assessment"
    SCORE = "score"
    OWN_GRADE = "own grade"
    DELIVERY = "grade sent"
    IMPORTED_CELL = "imported score"
    SCORE_SOURCE = "source of a score"
    SELF_ASSESSMENT = "self-assessment"
    DLA = "own DLA"
    ASSIGNED_DLA = "DLA assigned"
    COLLECTION = "ePortfolio collection"
    SHARE = "shared ePortfolio"
    EVIDENCE = "evidence"
    SECOND_SCORE = "second score"
    SETTLED = "score settled"
    PLAN_ASKED = "action plan asked for"
    RFI_ASK = "RFI asked"
    EVALUATOR = "evaluator assignment"
    SECOND_SCORE_GIVEN = "second score given"
    SETTLED_GIVEN = "score settled against"
    DEMOGRAPHIC = "attribute"


_PLACES: Mapping[type, tuple[str, ...]] = {
    Score: ("section_assessment_id", "row_id"),
    ScoreSource: ("section_assessment_id", "row_id"),
    SecondScore: ("section_assessment_id", "scorer_id", "row_id"),
    Settled: ("section_assessment_id", "scorer_id", "row_id"),
    OwnGrade: ("section_assessment_id",),
    SelfAssessment: ("section_assessment_id",),
    AssignedDla: ("dla_id", "section_id"),
    Reflection: ("section_assessment_id",),
    ImportedCell: ("import_id", "row_id"),
    PlanAsked: ("plan_id",),
    RfiAsk: ("rfi_id",),
    RoleGrant: ("role", "org_id"),
    ContextChoice: ("platform", "context_id"),
    SectionPairing: ("section_id",),
    Authorisation: ("site_id",),
    AccountAuthorisation: ("site_id",),
    Evaluator: ("section_assessment_id",),
    Demographic: ("attribute",),
}
_GIVEN = frozenset({BelongingKind.SECOND_SCORE_GIVEN, BelongingKind.SETTLED_GIVEN})
"""What an evaluator gave, as the evaluator's own: the same records belong to a student too."""
_NOBODY = PersonId("")
_PLACE_OF_GIVEN = ("section_assessment_id", "student_id", "row_id")


def owner_of(kind: BelongingKind, record: Belonging) -> PersonId:
    if isinstance(record, Evidence):
        return record.target.student_id or _NOBODY
    if isinstance(record, SecondScore | Settled) and kind in _GIVEN:
        return record.scorer_id
    if isinstance(record, OfStudent):
        return record.student_id
    if isinstance(record, OfOwner):
        return record.owner_id or _NOBODY
    return record.person_id or _NOBODY


def owned_by(kind: BelongingKind, record: Belonging, person_id: PersonId) -> Belonging:
    if isinstance(record, Evidence):
        return record.about(person_id)
    if isinstance(record, SecondScore | Settled) and kind in _GIVEN:
        return replace(record, scorer_id=person_id)
    if isinstance(record, OfStudent):
        return replace(record, student_id=person_id)
    if isinstance(record, OfOwner):
        return replace(record, owner_id=person_id)
    return replace(record, person_id=person_id)


def place_of(kind: BelongingKind, record: Belonging) -> Hashable | None:
    """What a person has only one of; None where there may be any number."""
    names = _PLACE_OF_GIVEN if kind in _GIVEN else _PLACES.get(type(record))
    return tuple(getattr(record, name) for name in names) if names else None


def key_of(kind: BelongingKind, record: Belonging) -> str:
    """Names a record among those of its kind and its owner."""
    match record:
        case Enrolment() | Assessment() | Delivery() | Authorisation() | Dla() | Evidence():
            return record.id
        case Collection() | Share():
            return record.id
        case LmsIdentity():
            return f"{record.platform}\n{record.lms_user_id}"
        case _:
            return place_text(kind, record)


def version_of(record: Belonging) -> int:
    """Of what people write, so that a change since is seen; 0 of all the rest."""
    match record:
        case Score() | OwnGrade() | Reflection() | SelfAssessment() | SecondScore() | Settled():
            return record.version
        case Dla() | AssignedDla() | Evidence() | Collection() | RfiAsk() | Evaluator():
            return record.version
        case _:
            return 0


def is_empty(record: Belonging) -> bool:
    """Whether it stands for nothing at all, so that the other one may take its place."""
    match record:
        case Score() | SecondScore():
            return isinstance(record.value, Blank) and not record.comment
        case OwnGrade():
            return record.points is None
        case SelfAssessment():
            return not record.note.strip() and not any(one.value for one in record.scores)
        case AssignedDla():
            return record.untouched
        case Reflection() | RfiAsk():
            return not any(text.strip() for text in record.texts.values())
        case _:
            return False


def alike(one: Belonging, other: Belonging) -> bool:
    """Only what people wrote can contradict; of the rest the kept one holds."""
    return _written(one) == _written(other)


def _written(record: Belonging) -> object:
    match record:
        case Score() | SecondScore():
            return record.value, record.comment
        case OwnGrade() | Evaluator():
            return record.points if isinstance(record, OwnGrade) else record.scoring
        case SelfAssessment():
            return record.scores, record.note
        case AssignedDla():
            return record.state, record.text
        case Reflection() | RfiAsk():
            return record.texts
        case _:
            return None


def place_text(kind: BelongingKind, record: Belonging) -> str:
    """The place in words, for a key or a message."""
    names = _PLACE_OF_GIVEN if kind in _GIVEN else _PLACES[type(record)]
    return "\n".join(str(getattr(record, name)) for name in names)
