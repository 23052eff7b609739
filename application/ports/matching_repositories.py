"""What the identity console keeps and asks; `get` and `save` as in `ports.repositories`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.belonging import Belonging, BelongingKind
from domain.identity import LaunchRecord, LmsIdentity, LocalField
from domain.ids import LaunchId, MatchingDecisionId, PersonId
from domain.launch import Audience
from domain.matching_case import LaunchValues, MatchingDecision
from domain.person_merge import PersonMerge
from domain.rostering import Person

LmsUserKey = tuple[str, str]
"""Platform and LMS user."""


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """Newest first; `total` counts those on all pages."""

    decisions: tuple[MatchingDecision, ...]
    total: int


class MatchingRepository(Protocol):
    """Values of launches, people by many values at once, decisions."""

    def keep(self, values: LaunchValues) -> None: ...
    def kept(self, launch_ids: Iterable[LaunchId]) -> dict[LaunchId, LaunchValues]: ...
    def newest_kept(self, audience: Audience, limit: int) -> list[LaunchValues]:
        """Newest first."""

    def forget_kept(self, before: datetime) -> int:
        """Remove the values of launches before that; returns of how many launches."""

    def people_among(self, field: LocalField, values: Iterable[str]) -> dict[str, list[Person]]:
        """By comparable value all people, active or not, who have it; by id in each list.

        Values that nobody has are left out; an empty one is nobody's.
        """

    def sharing(self, field: LocalField, limit: int) -> list[list[Person]]:
        """Active people who share a value of the field, by value, at most `limit` values."""

    def search(self, words: str, limit: int) -> list[Person]:
        """People in whose name, login, Tech ID and e-mail all the words stand, by name.

        Accents and case do not count; active people come first.
        """

    def identities(self, keys: Iterable[LmsUserKey]) -> dict[LmsUserKey, LmsIdentity]: ...
    def identities_of(self, person_id: PersonId) -> list[LmsIdentity]: ...
    def forget_identity(self, platform: str, lms_user_id: str) -> None:
        """As if the LMS user had never launched."""

    def queued_of(self, platform: str, lms_user_id: str) -> list[LaunchRecord]:
        """All queued and unresolved records of the LMS user, newest first."""

    def decision(self, decision_id: MatchingDecisionId) -> MatchingDecision: ...
    def decisions(self, limit: int, offset: int = 0) -> DecisionPage: ...
    def standing(self, subjects: Iterable[str]) -> dict[str, MatchingDecision]:
        """The newest decision about each that is not undone."""

    def put_decision(self, decision: MatchingDecision) -> None:
        """Insert or replace by id."""


class MergeRepository(Protocol):
    """People made one, and what they own."""

    def merge(self, decision_id: MatchingDecisionId) -> PersonMerge: ...
    def put_merge(self, merge: PersonMerge) -> None:
        """Insert or replace by decision."""

    def standing(self) -> list[PersonMerge]:
        """Those that are not undone, oldest first."""

    def merged_into(self, people: Iterable[PersonId]) -> Mapping[PersonId, PersonId]:
        """Of those who were merged, into whom; an undone merge is none."""

    def belongings(self, kind: BelongingKind, person_id: PersonId) -> list[Belonging]:
        """By key."""

    def replace(
        self, kind: BelongingKind, gone: Iterable[Belonging], put: Iterable[Belonging]
    ) -> None:
        """Take records away and put others, as they are with their versions."""
