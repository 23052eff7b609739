from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.repositories.action_plans import ASKED, SqlActionPlans
from adapters.outbound.persistence.repositories.assessments import ASSESSMENTS, REFLECTIONS
from adapters.outbound.persistence.repositories.deliveries import DELIVERIES
from adapters.outbound.persistence.repositories.evaluations import (
    EVALUATORS,
    SECOND_SCORES,
    SETTLED,
)
from adapters.outbound.persistence.repositories.evidence import EVIDENCE
from adapters.outbound.persistence.repositories.identities import IDENTITIES
from adapters.outbound.persistence.repositories.links import CHOICES
from adapters.outbound.persistence.repositories.pairings import ACCOUNTS
from adapters.outbound.persistence.repositories.pairings import SECTIONS as PAIRINGS
from adapters.outbound.persistence.repositories.portfolio import COLLECTIONS, SHARES
from adapters.outbound.persistence.repositories.rfis import ASKS
from adapters.outbound.persistence.repositories.roster import ENROLMENTS, GRANTS
from adapters.outbound.persistence.repositories.roster_bulk import DEMOGRAPHICS
from adapters.outbound.persistence.repositories.score_imports import CELLS, SOURCES
from adapters.outbound.persistence.repositories.scores import OWN_GRADES, SCORES
from adapters.outbound.persistence.repositories.sites import AUTHORISATIONS
from adapters.outbound.persistence.repositories.student_work import ASSIGNED, DLAS, OWN
from adapters.outbound.persistence.tables import matching
from adapters.outbound.persistence.touched import Touched
from application.improvement.asked import ask_instead
from application.ports.matching_repositories import MergeRepository
from domain.belonging import Belonging, BelongingKind
from domain.ids import MatchingDecisionId, PersonId
from domain.person_merge import PersonMerge
from domain.score import Score

MERGES = Records(matching.merges, PersonMerge)

OWNED: Mapping[BelongingKind, tuple[Records[Any], str]] = {
    BelongingKind.ENROLMENT: (ENROLMENTS, "person_id"),
    BelongingKind.ROLE_GRANT: (GRANTS, "person_id"),
    BelongingKind.LMS_IDENTITY: (IDENTITIES, "person_id"),
    BelongingKind.CHOICE: (CHOICES, "person_id"),
    BelongingKind.PAIRING: (PAIRINGS, "person_id"),
    BelongingKind.AUTHORISATION: (AUTHORISATIONS, "person_id"),
    BelongingKind.ACCOUNT_AUTHORISATION: (ACCOUNTS, "person_id"),
    BelongingKind.REFLECTION: (REFLECTIONS, "person_id"),
    BelongingKind.ASSESSMENT: (ASSESSMENTS, "owner_id"),
    BelongingKind.SCORE: (SCORES, "student_id"),
    BelongingKind.OWN_GRADE: (OWN_GRADES, "student_id"),
    BelongingKind.DELIVERY: (DELIVERIES, "student_id"),
    BelongingKind.IMPORTED_CELL: (CELLS, "student_id"),
    BelongingKind.SCORE_SOURCE: (SOURCES, "student_id"),
    BelongingKind.SELF_ASSESSMENT: (OWN, "student_id"),
    BelongingKind.DLA: (DLAS, "owner_id"),
    BelongingKind.ASSIGNED_DLA: (ASSIGNED, "student_id"),
    BelongingKind.COLLECTION: (COLLECTIONS, "owner_id"),
    BelongingKind.SHARE: (SHARES, "owner_id"),
    BelongingKind.EVIDENCE: (EVIDENCE, "student_id"),
    BelongingKind.SECOND_SCORE: (SECOND_SCORES, "student_id"),
    BelongingKind.SETTLED: (SETTLED, "student_id"),
    BelongingKind.PLAN_ASKED: (ASKED, "person_id"),
    BelongingKind.RFI_ASK: (ASKS, "person_id"),
    BelongingKind.EVALUATOR: (EVALUATORS, "person_id"),
    BelongingKind.SECOND_SCORE_GIVEN: (SECOND_SCORES, "scorer_id"),
    BelongingKind.SETTLED_GIVEN: (SETTLED, "scorer_id"),
    BelongingKind.DEMOGRAPHIC: (DEMOGRAPHICS, "person_id"),
}
"""The records of each kind, and the column that names whose they are."""
_OF_OWNER = {
    kind: records.select.where(records.c[owner] == bindparam("owner")).order_by(
        *records.table.primary_key
    )
    for kind, (records, owner) in OWNED.items()
}
_REMOVE = {
    kind: delete(records.table).where(
        *(records.c[name] == bindparam(f"key_{name}") for name in records.keys)
    )
    for kind, (records, _) in OWNED.items()
}
_MERGED = MERGES.select.where(
    MERGES.c.gone_id.in_(bindparam("among", expanding=True)), MERGES.c.undone_at.is_(None)
)

_EVERY = MERGES.select.where(MERGES.c.undone_at.is_(None)).order_by(
    MERGES.c.merged_at, MERGES.c.decision_id
)


class SqlMerges(MergeRepository):
    def __init__(self, connection: Connection, touched: Touched) -> None:
        self._connection = connection
        self._touched = touched

    def merge(self, decision_id: MatchingDecisionId) -> PersonMerge:
        return MERGES.get(self._connection, "This merge", decision_id)

    def put_merge(self, merge: PersonMerge) -> None:
        MERGES.put(self._connection, [merge])

    def standing(self) -> list[PersonMerge]:
        return MERGES.fetch(self._connection, _EVERY)

    def merged_into(self, people: Iterable[PersonId]) -> Mapping[PersonId, PersonId]:
        found = MERGES.among(self._connection, _MERGED, people)
        return {one.gone_id: one.kept_id for one in found}

    def belongings(self, kind: BelongingKind, person_id: PersonId) -> list[Belonging]:
        records, _ = OWNED[kind]
        return records.fetch(self._connection, _OF_OWNER[kind], owner=person_id)

    def replace(
        self, kind: BelongingKind, gone: Iterable[Belonging], put: Iterable[Belonging]
    ) -> None:
        if kind is BelongingKind.PLAN_ASKED:
            ask_instead(SqlActionPlans(self._connection), gone, put)
            return
        records, _ = OWNED[kind]
        names = [column.name for column in records.table.columns]
        gone, put = list(gone), list(put)
        for one in gone:
            row = dict(zip(names, records.row(one), strict=True))
            keys = {f"key_{name}": row[name] for name in records.keys}
            self._connection.execute(_REMOVE[kind], keys)
        records.put(self._connection, put)
        self._touched.works.update(
            one.section_assessment_id for one in (*gone, *put) if isinstance(one, Score)
        )
