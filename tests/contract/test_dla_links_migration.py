"""What students typed beside a DLA before links were attached, after the migration."""

from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from adapters.outbound.persistence import schema
from adapters.outbound.persistence.engine import open_engines
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.evidence.dla_door import was_handed_in
from domain.evidence import EvidenceKind, EvidenceTarget
from domain.ids import PersonId
from tests.builders import an_assigned_dla
from tests.contract.test_repositories_schema import put_first_college
from tests.stand_ins import NOON, NoQueue

ANA = PersonId("person-ana")
_OLD_ASSIGNED = text(
    "INSERT INTO attain_assigned_dla (id, dla_id, section_id, student_id, work_id, due_at, state,"
    " text, links, steps, assigned_by, assigned_at, version) VALUES (:id, :dla,"
    " 'section-engl101-01', 'person-ana', NULL, NULL, :state, :text, :links, :steps, 'person-tess',"
    " '2026-09-01 12:00:00.000000', 1)"
)
_OLD_DLA = text(
    "INSERT INTO attain_dla (id, owner_id, title, instructions, links, hand_in, slo_id, made_at,"
    " retired_at, version) VALUES (:dla, 'person-tess', 'Read', 'Read on.', '[]', '', NULL,"
    " '2026-09-01 12:00:00.000000', NULL, 1)"
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/old.db"
    if request.param == "postgres":
        url = request.getfixturevalue("empty_postgres_url")
    put_first_college(url)
    return url


def test_links_typed_beside_a_dla_become_attached_ones(old_url: str) -> None:
    guide = '[{"address":"https://a.example/film","label":"My film"}]'
    bare = '[{"address":"https://a.example/page"}]'
    with closing(open_engines(old_url)) as engines:
        with engines.writer.begin() as connection:
            command.upgrade(schema.migration_config(connection), "0017")
            done = an_assigned_dla().handed_in("A page.", NOON)
            for number, (one, links) in enumerate(
                ((done, guide), (an_assigned_dla("ben").written("Half.", NOON), bare))
            ):
                steps = ",".join(
                    f'{{"state":"{step.state}","at":"{step.at.isoformat()}","by":"{step.by}"}}'
                    for step in one.steps
                )
                connection.execute(_OLD_DLA, {"dla": f"dla-{number}"})
                connection.execute(
                    _OLD_ASSIGNED,
                    {"id": one.id, "state": one.state, "links": links, "steps": f"[{steps}]",
                     "dla": f"dla-{number}", "text": one.text},
                )  # fmt: skip
        with engines.writer.begin() as connection:
            command.upgrade(schema.migration_config(connection), "head")
        with SqlUnits(engines, lambda _: NoQueue())(write=False) as unit:
            (handed,) = unit.evidence.of_target(EvidenceTarget.dla(done.id, ANA))
            (draft,) = unit.evidence.of_target(EvidenceTarget.dla(an_assigned_dla("ben").id, ANA))
    assert (handed.title, handed.url) == ("My film", "https://a.example/film")
    assert (handed.added_at, handed.kind, handed.owner_id) == (NOON, EvidenceKind.LINK, ANA)
    assert draft.title == draft.url == "https://a.example/page"
    assert not was_handed_in(an_assigned_dla("ben").written("Half.", NOON), draft)
