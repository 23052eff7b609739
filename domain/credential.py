"""Credentials: what the college attests of a student's results, and the keys it signs with."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self
from uuid import NAMESPACE_URL, uuid5

from domain.ids import PersonId, RowId, SectionAssessmentId, SigningKeyId


@dataclass(frozen=True, slots=True)
class SigningKey:
    """`public` is its JWK as JSON; `private` is sealed.

    A retired key signs nothing, but stays published: what it signed can still be checked.
    """

    id: SigningKeyId
    public: str
    private: bytes
    made_at: datetime
    retired_at: datetime | None = None

    @property
    def active(self) -> bool:
        return self.retired_at is None

    def retired(self, at: datetime) -> Self:
        return replace(self, retired_at=self.retired_at or at)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The college as credentials name it; `id` is the address of its profile."""

    id: str
    name: str
    url: str

    def named(self, *parts: str) -> str:
        """A URI that names the same thing each time, and that tells nothing of our own ids."""
        return f"urn:uuid:{uuid5(NAMESPACE_URL, chr(10).join((self.id, *parts)))}"


@dataclass(frozen=True, slots=True)
class Learner:
    """`email` is written as a salted hash; whoever knows the address can recognise it."""

    id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class AchievedLevel:
    id: str
    points: str
    label: str
    descriptor: str


STATUS_LIST_LENGTH = 131_072
"""Places in one list. W3C Bitstring Status List v1.0 asks for no fewer: so that a look at the
list does not tell whose credential is looked at."""


@dataclass(frozen=True, slots=True)
class StatusPlace:
    """Where a list tells whether a credential stands."""

    list_number: int
    place: int


@dataclass(frozen=True, slots=True)
class IssuedCredential:
    """A credential that was handed out: the result that it rests on, and its place in a list.

    `points` are of the level reached, as text; `released_at` is when the result was released.
    """

    id: str
    person_id: PersonId
    work_id: SectionAssessmentId
    row_id: RowId
    points: str
    released_at: datetime
    list_number: int
    place: int
    issued_at: datetime

    @property
    def status(self) -> StatusPlace:
        return StatusPlace(self.list_number, self.place)


@dataclass(frozen=True, slots=True)
class StatusList:
    """The places whose credentials stand no longer, as they are known at `at`."""

    number: int
    revoked: frozenset[int]
    at: datetime


@dataclass(frozen=True, slots=True)
class Achieved:
    """One SLO that a student reached at or above the threshold, in one assessment.

    `levels` are those of the scale, lowest first; `required` and `reached` are ids among them.
    """

    id: str
    achievement_id: str
    learner: Learner
    code: str
    title: str
    statement: str
    assessment: str
    course: str
    term: str
    levels: tuple[AchievedLevel, ...]
    required: str
    reached: str
    at: datetime
    """When the result was released."""
    work_id: SectionAssessmentId
    person_id: PersonId
    row_id: RowId
    status: StatusPlace | None = None
    """None until it is handed out."""

    @property
    def level(self) -> AchievedLevel:
        return next(level for level in self.levels if level.id == self.reached)


@dataclass(frozen=True, slots=True)
class LearnerRecord:
    """Several credentials of one student in one envelope; `at` is when it is made."""

    id: str
    name: str
    learner: Learner
    achieved: tuple[Achieved, ...]
    at: datetime
