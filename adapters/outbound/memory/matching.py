"""The identity console's records, and what people own, in memory."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from adapters.outbound.memory.improvement import MemoryActionPlans
from adapters.outbound.memory.rows import Rows
from adapters.outbound.memory.store import Transaction
from application.improvement.asked import ask_instead
from application.matching import local_value
from application.ports.matching_repositories import (
    DecisionPage,
    LmsUserKey,
    MatchingRepository,
    MergeRepository,
)
from application.rosters.finding import fits, order_found
from domain.belonging import Belonging, BelongingKind, owner_of
from domain.evaluation import SecondScore, Settled
from domain.identity import LaunchRecord, LmsIdentity, LocalField, comparable
from domain.ids import LaunchId, MatchingDecisionId, PersonId
from domain.improvement.action_plan import PlanAsked
from domain.launch import Audience
from domain.matching_case import LaunchValues, MatchingDecision
from domain.person_merge import PersonMerge
from domain.rostering import Person


class MemoryMatching(MatchingRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._values = Rows[LaunchValues](transaction, "launch value", lambda one: one.launch_id)
        self._people = Rows[Person](transaction, "person", lambda person: person.id)
        self._launches = Rows[LaunchRecord](transaction, "launch", lambda one: one.id)
        self._decisions = Rows[MatchingDecision](
            transaction, "matching decision", lambda one: one.id
        )
        self._identities = Rows[LmsIdentity](
            transaction, "lms identity", lambda one: (one.platform, one.lms_user_id)
        )

    def keep(self, values: LaunchValues) -> None:
        self._values.put([values])

    def kept(self, launch_ids: Iterable[LaunchId]) -> dict[LaunchId, LaunchValues]:
        found = (self._values.find(launch_id) for launch_id in launch_ids)
        return {one.launch_id: one for one in found if one is not None}

    def newest_kept(self, audience: Audience, limit: int) -> list[LaunchValues]:
        found = self._values.where(lambda one: one.audience is audience)
        return sorted(found, key=lambda one: (one.at, one.launch_id), reverse=True)[:limit]

    def forget_kept(self, before: datetime) -> int:
        old = self._values.where(lambda one: one.at < before)
        self._values.remove(old)
        return len(old)

    def people_among(self, field: LocalField, values: Iterable[str]) -> dict[str, list[Person]]:
        wanted = {comparable(field, value) for value in values} - {""}
        found: dict[str, list[Person]] = {}
        for person in self._people.where(lambda one: local_value(one, field) in wanted):
            found.setdefault(local_value(person, field), []).append(person)
        return found

    def sharing(self, field: LocalField, limit: int) -> list[list[Person]]:
        by_value: dict[str, list[Person]] = {}
        for person in self._people.where(lambda one: one.active and local_value(one, field) != ""):
            by_value.setdefault(local_value(person, field), []).append(person)
        shared = [people for _, people in sorted(by_value.items()) if len(people) > 1]
        return shared[:limit]

    def search(self, words: str, limit: int) -> list[Person]:
        found = self._people.where(lambda one: fits(words, *_fields(one)))
        return sorted(found, key=order_found)[:limit]

    def identities(self, keys: Iterable[LmsUserKey]) -> dict[LmsUserKey, LmsIdentity]:
        found = {key: self._identities.find(key) for key in keys}
        return {key: one for key, one in found.items() if one is not None}

    def identities_of(self, person_id: PersonId) -> list[LmsIdentity]:
        return self._identities.where(lambda one: one.person_id == person_id)

    def forget_identity(self, platform: str, lms_user_id: str) -> None:
        found = self._identities.find((platform, lms_user_id))
        if found is not None:
            self._identities.remove([found])

    def queued_of(self, platform: str, lms_user_id: str) -> list[LaunchRecord]:
        user = (platform, lms_user_id)
        found = self._launches.where(
            lambda one: (
                one.queued and one.resolved_to is None and (one.platform, one.lms_user_id) == user
            )
        )
        return sorted(found, key=lambda one: (one.at, one.id), reverse=True)

    def decision(self, decision_id: MatchingDecisionId) -> MatchingDecision:
        return self._decisions.get("This decision", decision_id)

    def decisions(self, limit: int, offset: int = 0) -> DecisionPage:
        every = sorted(self._decisions.all(), key=_moment, reverse=True)
        return DecisionPage(tuple(every[offset : offset + limit]), len(every))

    def standing(self, subjects: Iterable[str]) -> dict[str, MatchingDecision]:
        wanted = frozenset(subjects)
        found = self._decisions.where(lambda one: one.stands and one.subject in wanted)
        return {one.subject: one for one in sorted(found, key=_moment)}

    def put_decision(self, decision: MatchingDecision) -> None:
        self._decisions.put([decision])


class MemoryMerges(MergeRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._merges = Rows[PersonMerge](transaction, "person merge", lambda one: one.decision_id)
        self._plans = MemoryActionPlans(transaction)
        self._owned = {
            kind: Rows[Any](transaction, name, key) for kind, (name, key) in _TABLES.items()
        }

    def merge(self, decision_id: MatchingDecisionId) -> PersonMerge:
        return self._merges.get("This merge", decision_id)

    def put_merge(self, merge: PersonMerge) -> None:
        self._merges.put([merge])

    def standing(self) -> list[PersonMerge]:
        found = self._merges.where(lambda one: one.undone_at is None)
        return sorted(found, key=lambda one: (one.merged_at, one.decision_id))

    def merged_into(self, people: Iterable[PersonId]) -> Mapping[PersonId, PersonId]:
        wanted = frozenset(people)
        found = self._merges.where(lambda one: one.undone_at is None and one.gone_id in wanted)
        return {one.gone_id: one.kept_id for one in found}

    def belongings(self, kind: BelongingKind, person_id: PersonId) -> list[Belonging]:
        if kind is BelongingKind.PLAN_ASKED:
            asking = self._plans.to_answer(person_id, ())
            return [PlanAsked(plan.id, person_id) for plan in sorted(asking, key=attrgetter("id"))]
        return self._owned[kind].where(lambda one: owner_of(kind, one) == person_id)

    def replace(
        self, kind: BelongingKind, gone: Iterable[Belonging], put: Iterable[Belonging]
    ) -> None:
        if kind is BelongingKind.PLAN_ASKED:
            ask_instead(self._plans, gone, put)
            return
        self._owned[kind].remove(gone)
        self._owned[kind].put(put)


def _given(one: SecondScore | Settled) -> Hashable:
    return one.section_assessment_id, one.scorer_id, one.student_id, one.row_id


_KeyOf = Callable[[Any], Hashable]
_TABLES: Mapping[BelongingKind, tuple[str, _KeyOf]] = {
    BelongingKind.ENROLMENT: ("enrolment", lambda one: one.id),
    BelongingKind.ROLE_GRANT: (
        "role grant", lambda one: (one.person_id, one.role, one.org_id or ""),
    ),
    BelongingKind.LMS_IDENTITY: ("lms identity", lambda one: (one.platform, one.lms_user_id)),
    BelongingKind.CHOICE: ("choice", lambda one: (one.platform, one.context_id, one.person_id)),
    BelongingKind.PAIRING: ("section pairing", lambda one: (one.section_id, one.person_id)),
    BelongingKind.AUTHORISATION: ("authorisation", lambda one: one.id),
    BelongingKind.ACCOUNT_AUTHORISATION: (
        "account authorisation", lambda one: (one.site_id, one.person_id),
    ),
    BelongingKind.REFLECTION: (
        "reflection", lambda one: (one.section_assessment_id, one.person_id),
    ),
    BelongingKind.ASSESSMENT: ("assessment", lambda one: one.id),
    BelongingKind.SCORE: (
        "score", lambda one: (one.section_assessment_id, one.student_id, one.row_id),
    ),
    BelongingKind.OWN_GRADE: (
        "own grade", lambda one: (one.section_assessment_id, one.student_id),
    ),
    BelongingKind.DELIVERY: ("delivery", lambda one: one.id),
    BelongingKind.IMPORTED_CELL: (
        "imported cell", lambda one: (one.import_id, one.student_id, one.row_id),
    ),
    BelongingKind.SCORE_SOURCE: (
        "score source", lambda one: (one.section_assessment_id, one.student_id, one.row_id),
    ),
    BelongingKind.SELF_ASSESSMENT: (
        "self-assessment", lambda one: (one.section_assessment_id, one.student_id),
    ),
    BelongingKind.DLA: ("dla", lambda one: one.id),
    BelongingKind.ASSIGNED_DLA: ("assigned dla", lambda one: one.id),
    BelongingKind.COLLECTION: ("portfolio collection", lambda one: one.id),
    BelongingKind.SHARE: ("portfolio share", lambda one: one.id),
    BelongingKind.EVIDENCE: ("evidence", lambda one: one.id),
    BelongingKind.SECOND_SCORE: ("second score", _given),
    BelongingKind.SETTLED: ("settled score", _given),
    BelongingKind.SECOND_SCORE_GIVEN: ("second score", _given),
    BelongingKind.SETTLED_GIVEN: ("settled score", _given),
    BelongingKind.EVALUATOR: (
        "evaluator", lambda one: (one.section_assessment_id, one.person_id),
    ),
    BelongingKind.DEMOGRAPHIC: ("demographic", lambda one: (one.person_id, one.attribute)),
    BelongingKind.RFI_ASK: ("rfi ask", lambda one: one.id),
}  # fmt: skip
"""The names and keys under which the other repositories keep them."""


def _fields(person: Person) -> tuple[str, ...]:
    keys = (local_value(person, field) for field in LocalField)
    return (person.given_name, person.family_name, *keys)


def _moment(decision: MatchingDecision) -> tuple[datetime, str]:
    return decision.decided_at, decision.id
