"""Every column that names a person is thought of when two records of one person are merged."""

import importlib
import pkgutil

import pytest
from sqlalchemy import MetaData

from adapters.outbound.persistence import tables
from adapters.outbound.persistence.repositories.merges import OWNED
from adapters.outbound.persistence.tables import rostering
from domain.belonging import BelongingKind

DID = "who once did it; that stays as it was written"
ENDS = "ends with the person who goes, who is inactive from then on; undoing gives it back"
STAYS = {
    "api_token.person_id": ENDS,
    "local_password.person_id": ENDS,
    "session.person_id": ENDS,
    "one_time_code.person_id": ENDS,
    "consent.person_id": ENDS,
    "person_alias.person_id": "former names go on naming the one who goes, and so the kept one",
    "grant_source.person_id": "rows of a roster go on naming the one who goes, and so the kept one",
    "issued_credential.person_id": "names the one who goes, and so the kept one and the results",
    "person_merge.gone_id": "the merge itself",
    "person_merge.kept_id": "the merge itself",
    "matching_decision.person_id": DID,
    "launch.person_id": "whom a launch let in then",
    "reminder.person_id": "who was reminded then",
    "evidence.owner_id": "follows the student where it is the student's own; else who added it",
    "link.linked_by": DID,
    "placed_rubric.placed_by": DID,
    "score_import.requested_by": DID,
    "refresh_plan.set_by": "a schedule runs by the authorisation of who set it; it is set anew",
    "send.requested_by": DID,
    "sync_run.acts_as": DID,
}
"""What does not go over to the one who stays, by table and column, with the reason."""


def columns_of_people() -> set[str]:
    for module in pkgutil.iter_modules(tables.__path__):
        importlib.import_module(f"{tables.__name__}.{module.name}")
    metadata: MetaData = rostering.people.metadata
    return {
        f"{table.name.removeprefix('attain_')}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column.table is rostering.people for key in column.foreign_keys)
        or column.name in {"person_id", "student_id", "owner_id", "scorer_id"}
    }


def carried() -> set[str]:
    return {
        f"{records.table.name.removeprefix('attain_')}.{owner}" for records, owner in OWNED.values()
    }


def test_each_is_carried_over_or_stays_for_a_reason() -> None:
    assert columns_of_people() - carried() == set(STAYS)


def test_nothing_is_carried_that_is_said_to_stay() -> None:
    assert carried() & set(STAYS) == set()


@pytest.mark.parametrize("kind", BelongingKind)
def test_each_kind_has_its_records(kind: BelongingKind) -> None:
    assert kind in OWNED
