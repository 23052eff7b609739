"""What the store of wordings, mappings, mastery levels and targets promises, on each store."""

from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from adapters.outbound.persistence import schema
from adapters.outbound.persistence.engine import open_engines
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.foreign import ForeignRecord, Standard
from domain.ids import ScaleId, SloId, TermId
from domain.slo import SloKind
from domain.slo_mapping import MappingKind, SloMapping
from domain.slo_version import SloVersion
from domain.target import Target, TargetOf
from tests.builders import (
    DEVELOPING,
    EXCEEDED,
    MET,
    College,
    a_scale,
    a_term,
    an_slo,
)
from tests.stand_ins import NOON, NoQueue

THESIS, WRITING = SloId("slo-thesis"), SloId("slo-writing")
FALL = TermId("term-fall")
MAPPING = SloMapping(THESIS, WRITING, FALL, None, MappingKind.INTRODUCED)


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.outcomes.put_slos([an_slo("writing", kind=SloKind.PROGRAM, descriptors=())])
        unit.roster.put_terms([a_term("spring")])
        unit.commit()
    return units


class TestWordings:
    def test_come_oldest_first_by_slo(self, college: UnitOfWorkFactory) -> None:
        second = SloVersion(THESIS, 2, "Thesis", "State it well.", NOON, None, 1)
        first = SloVersion(THESIS, 1, "Thesis", "State it.", None, NOON, None)
        with college() as unit:
            unit.curriculum.put_versions([second, first])

            assert unit.curriculum.versions([THESIS, WRITING]) == {THESIS: [first, second]}

    def test_one_is_replaced_by_its_number(self, college: UnitOfWorkFactory) -> None:
        first = SloVersion(THESIS, 1, "Thesis", "State it.", None, None, None)
        with college() as unit:
            unit.curriculum.put_versions([first])
            unit.curriculum.put_versions([replace(first, until=NOON)])

            assert unit.curriculum.versions([THESIS])[THESIS] == [replace(first, until=NOON)]

    def test_an_slo_is_read_for_a_change(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            assert unit.curriculum.slo_for_change(THESIS) == an_slo()
            with pytest.raises(NotFound):
                unit.curriculum.slo_for_change(SloId("x"))

    def test_heads_come_by_code_without_descriptors(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            heads = unit.curriculum.slo_heads()

            assert [head.code for head in heads] == ["THESIS", "WRITING"]
            assert heads[0].statement == an_slo().statement


class TestMappings:
    def test_are_found_from_both_ends(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.curriculum.put_mappings([MAPPING])

            assert unit.curriculum.mappings() == [MAPPING]
            assert unit.curriculum.mappings_of(THESIS) == [MAPPING]
            assert unit.curriculum.mappings_of(WRITING) == [MAPPING]
            assert unit.curriculum.mappings_of(SloId("x")) == []

    def test_a_pair_can_be_mapped_again_from_another_term(self, college: UnitOfWorkFactory) -> None:
        ended = MAPPING.ended(TermId("term-spring"))
        again = replace(MAPPING, from_term=TermId("term-spring"), kind=None)
        with college() as unit:
            unit.curriculum.put_mappings([MAPPING])
            unit.curriculum.put_mappings([ended, again])

            assert unit.curriculum.mappings() == [ended, again]

    def test_one_is_dropped_by_its_key(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.curriculum.put_mappings([MAPPING])
            unit.curriculum.drop_mapping(MAPPING)
            unit.curriculum.drop_mapping(MAPPING)

            assert unit.curriculum.mappings() == []


class TestMastery:
    def test_levels_come_lowest_first(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.curriculum.put_mastery_levels([MET, EXCEEDED, DEVELOPING])
            unit.curriculum.put_mastery_levels([replace(MET, name="Meets")])
            unit.curriculum.drop_mastery_level("developing")

            assert unit.curriculum.mastery_levels() == [replace(MET, name="Meets"), EXCEEDED]

    def test_scales_that_assessments_use_are_told(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.outcomes.put_scales([a_scale("other", is_default=False)])

            assert unit.curriculum.used_scales() == {ScaleId("scale-four")}

    def test_the_default_moves_from_one_scale_to_another(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.outcomes.put_scales([a_scale("other"), a_scale("four", is_default=False)])

            assert [s.code for s in unit.outcomes.scales() if s.is_default] == ["other"]


class TestTargets:
    def test_one_for_each_subject_and_dropped(self, college: UnitOfWorkFactory) -> None:
        own = Target(TargetOf.SLO, THESIS, Decimal("72.5"))
        orgs = Target(TargetOf.ORG, "org-english", Decimal(70))
        with college() as unit:
            unit.curriculum.put_target(orgs)
            unit.curriculum.put_target(replace(own, share=Decimal(1)))
            unit.curriculum.put_target(own)
            assert unit.curriculum.targets() == [orgs, own]

            unit.curriculum.drop_target(TargetOf.ORG, "org-english")
            unit.curriculum.drop_target(TargetOf.ORG, "org-english")
            assert unit.curriculum.targets() == [own]


class TestForeign:
    def test_records_are_found_by_standard_and_by_slo(self, college: UnitOfWorkFactory) -> None:
        item = ForeignRecord(Standard.CASE, "f", "i", THESIS, '{"notes": "é"}')
        frame = ForeignRecord(Standard.CASE, "f", "f", None, "{}")
        other = ForeignRecord(Standard.CANVAS, "", "guid", THESIS, "{}")
        with college() as unit:
            unit.curriculum.put_foreign([item, other, frame])
            unit.curriculum.put_foreign([replace(frame, body='{"a": 1}')])

            assert unit.curriculum.foreign(Standard.CASE) == [replace(frame, body='{"a": 1}'), item]
            assert unit.curriculum.foreign_of(THESIS) == [other, item]


FIRST_COLLEGE = Path(__file__).with_name("first_college.sql")
_COLUMNS = "code, name, version, levels"
_LATER = (
    "UPDATE attain_slo SET version = 3",
    *(
        f"INSERT INTO attain_scale (id, is_default, {_COLUMNS})"
        f" SELECT '{key}', {is_default}, {_COLUMNS} FROM attain_scale WHERE id = 'scale-four'"
        for key, is_default in (("scale-z", "true"), ("scale-a", "false"))
    ),
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def older_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database from before wordings were kept, with two scales that are both the default."""
    sqlite = f"sqlite:///{tmp_path}/old.db"
    url = sqlite if request.param == "sqlite" else request.getfixturevalue("empty_postgres_url")
    with closing(open_engines(url)) as engines, engines.writer.begin() as connection:
        command.upgrade(schema.migration_config(connection), "0001")
        for statement in (*FIRST_COLLEGE.read_text(encoding="utf-8").split(";\n"), *_LATER):
            connection.exec_driver_sql(statement)
    return url


class TestOlderDatabases:
    def test_keep_wordings_mastery_levels_and_one_default(self, older_url: str) -> None:
        schema.upgrade(older_url)

        with closing(open_engines(older_url)) as engines:
            with engines.writer.begin() as connection:
                defaults = "SELECT count(*) FROM attain_scale WHERE is_default"
                assert connection.execute(text(defaults)).scalar() == 1
            with SqlUnits(engines, lambda _: NoQueue())() as unit:
                (kept,) = unit.curriculum.versions([THESIS])[THESIS]
                assert kept == SloVersion(THESIS, 3, *an_slo().wording, None, None, None)
                levels = unit.curriculum.mastery_levels()
                assert [level.code for level in levels] == [
                    "beginning", "developing", "met", "exceeded",
                ]  # fmt: skip
