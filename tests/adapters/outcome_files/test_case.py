"""CASE packages: a framework comes back as it came, and our own SLOs stand under stable ids."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.inbound.outcome_files.case_writing import frameworks_of, write_case
from adapters.inbound.outcome_files.formats import FileFormat, Options
from adapters.inbound.outcome_files.known import Owner
from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryQueue
from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Invalid
from application.import_report import LineState
from application.slos.mapper import Cell
from application.use_cases.slos.keep_slos import EditSlo, EditSloCommand
from application.use_cases.slos.map_slos import MapSlos, MapSlosCommand
from domain.ids import ScaleId
from domain.slo import Edit, SloKind
from domain.slo_mapping import MappingKind
from tests.adapters.outcome_files.files import Files
from tests.application.keeping import STEWARD, Keeping
from tests.stand_ins import FixedClock

Json = dict[str, Any]
ORG = Options(owner=Owner(org="ENGL"))
FOUR = ScaleId("scale-four")


def uuid(number: int) -> str:
    return str(UUID(int=number + (8 << 60)))


def uri_of(identifier: str) -> Json:
    return {"title": "x", "identifier": identifier, "uri": f"https://case.example/{identifier}"}


def an_item(number: int, **more: Any) -> Json:
    return {
        "identifier": uuid(number), "uri": f"https://case.example/items/{number}",
        "fullStatement": f"Statement {number}.", "lastChangeDateTime": "2024-01-01T00:00:00Z",
        **more,
    }  # fmt: skip


def an_association(kind: str, origin: int, to: int, number: int = 900, **more: Any) -> Json:
    return {
        "identifier": uuid(number), "uri": "https://case.example/a", "associationType": kind,
        "originNodeURI": uri_of(uuid(origin)), "destinationNodeURI": uri_of(uuid(to)),
        "lastChangeDateTime": "2024-01-01T00:00:00Z", **more,
    }  # fmt: skip


def a_package(items: list[Json], associations: list[Json] | None = None, **more: Any) -> Json:
    document = {
        "identifier": uuid(1), "uri": "https://case.example/d", "title": "State framework",
        "creator": "A state", "lastChangeDateTime": "2024-01-01T00:00:00Z",
    }  # fmt: skip
    return {
        "CFDocument": document, "CFItems": items, "CFAssociations": associations or [], **more,
    }  # fmt: skip


def read(files: Files, package: Json, options: Options = ORG) -> Any:
    return files.read(json.dumps(package), options)


def export(files: Files, document: str = "") -> Json:
    found: Json = json.loads(write_case(files.export(), document))
    return found


class TestForeign:
    def test_leaves_are_slos_and_keep_everything_that_they_came_with(self, files: Files) -> None:
        leaf = an_item(
            10, humanCodingScheme="R.1", abbreviatedStatement="Reason",
            conceptKeywords=["logic", "proof"], conceptKeywordsURI={"title": "k"},
            educationLevel=["13"], notes="**Note**", listEnumeration="1",
        )  # fmt: skip
        package = a_package(
            [an_item(9, humanCodingScheme="R", CFItemType="Domain"), leaf],
            [an_association("isChildOf", 10, 9, sequenceNumber=1),
             an_association("exactMatchOf", 10, 777, 901)],
            CFDefinitions={"CFConcepts": [{"identifier": uuid(50), "title": "logic"}]},
        )  # fmt: skip
        assert read(files, package).problems == ()
        (slo,) = files.slos()
        assert (slo.code, slo.title, slo.statement, slo.kind) == (
            "R.1", "Reason", "Statement 10.", SloKind.PROGRAM,
        )  # fmt: skip
        assert export(files) == package
        assert frameworks_of(files.export()) == [(uuid(1), "State framework")]

    def test_the_same_file_again_changes_nothing(self, files: Files) -> None:
        package = a_package([an_item(10), an_item(11, humanCodingScheme="B")])
        read(files, package)
        report = read(files, package)
        assert {line.state for line in report.lines} == {LineState.SAME}
        assert len(files.keeping.deeds()) == 1

    def test_a_later_file_of_the_framework_rewords_the_same_slo(self, files: Files) -> None:
        read(files, a_package([an_item(10, humanCodingScheme="A")]))
        (before,) = files.slos()
        newer = a_package([an_item(10, humanCodingScheme="A.1", fullStatement="Other words.")])
        read(files, newer)
        (after,) = files.slos()
        assert (after.id, after.code, after.version) == (before.id, "A.1", 2)

    def test_what_is_edited_here_is_written_with_the_rest_as_it_was(self, files: Files) -> None:
        package = a_package([an_item(10, humanCodingScheme="A", notes="n"), an_item(11)])
        read(files, package)
        slo = next(slo for slo in files.slos() if slo.code == "A")
        EditSlo(files.keeping.units, files.keeping.clock)(
            EditSloCommand(STEWARD, slo.id, Edit.WORDING, statement="New words.")
        )
        items = {item["identifier"]: item for item in export(files)["CFItems"]}
        assert items[uuid(10)]["fullStatement"] == "New words."
        assert items[uuid(10)]["notes"] == "n"
        assert items[uuid(10)]["uri"] == package["CFItems"][0]["uri"]
        assert items[uuid(11)] == package["CFItems"][1]
        (former,) = [one for key, one in items.items() if key not in {uuid(10), uuid(11)}]
        assert former["fullStatement"] == "Statement 10."
        (replaced,) = export(files)["CFAssociations"]
        assert (replaced["associationType"], replaced["destinationNodeURI"]["identifier"]) == (
            "replacedBy", uuid(10),
        )  # fmt: skip

    def test_a_course_above_owns_the_slo(self, files: Files) -> None:
        package = a_package(
            [an_item(9, humanCodingScheme="ENGL101"), an_item(10)],
            [an_association("isChildOf", 10, 9)],
        )
        read(files, package, Options())
        (slo,) = files.slos()
        assert (slo.kind, slo.course_id) == (SloKind.COURSE, "course-engl101")

    def test_codes_that_are_taken_get_a_mark_and_the_file_keeps_its_own(self, files: Files) -> None:
        files.keeping.made("OWN")
        package = a_package(
            [an_item(10, humanCodingScheme="A"), an_item(11, humanCodingScheme="A")]
        )
        read(files, package)
        assert [slo.code for slo in files.slos()] == ["A", f"A ({uuid(11)[:8]})", "OWN"]
        assert export(files, uuid(1)) == package

    def test_related_items_are_mapped_until_the_mapping_ends(self, files: Files) -> None:
        package = a_package(
            [an_item(10, CFItemType="PSLO"), an_item(11, CFItemType="ISLO")],
            [an_association("isRelatedTo", 10, 11), an_association("isPeerOf", 10, 11, 901)],
        )
        read(files, package)
        (mapping,) = files.export().mappings
        assert export(files) == package
        pair = mapping.lower_id, mapping.higher_id
        MapSlos(files.keeping.units, files.keeping.clock)(
            MapSlosCommand(STEWARD, {pair: Cell(mapped=False)})
        )
        kept = [one["associationType"] for one in export(files)["CFAssociations"]]
        assert kept == ["isPeerOf"]

    def test_a_rubric_on_our_scale_gives_descriptors_both_ways(self, files: Files) -> None:
        levels = [
            {"identifier": uuid(60 + n), "quality": "q", "score": n, "description": f"At {n}.",
             "feedback": "f"}
            for n in (3, 4)
        ]  # fmt: skip
        criterion = {"identifier": uuid(51), "CFItemURI": uri_of(uuid(10)), "weight": 2.5,
                     "CFRubricCriterionLevels": levels}  # fmt: skip
        rubric = {"identifier": uuid(50), "title": "R", "CFRubricCriteria": [criterion]}
        package = a_package([an_item(10)], CFRubrics=[rubric])
        read(files, package)
        (slo,) = files.slos()
        assert slo.descriptors_on(FOUR) == {Decimal(3): "At 3.", Decimal(4): "At 4."}
        assert export(files) == package
        EditSlo(files.keeping.units, files.keeping.clock)(
            EditSloCommand(
                STEWARD, slo.id, Edit.CORRECTION, descriptors={(FOUR, Decimal(3)): "Edited."}
            )
        )
        (written,) = export(files)["CFRubrics"][0]["CFRubricCriteria"]
        assert [one["description"] for one in written["CFRubricCriterionLevels"]] == [
            "Edited.", "At 4.",
        ]  # fmt: skip
        assert written["weight"] == 2.5

    @pytest.mark.parametrize(
        ("change", "path"),
        [
            ({"CFDocument": {}}, "CFDocument.identifier"),
            ({"CFItems": {}}, "CFItems"),
            ({"CFItems": [{"identifier": uuid(3)}]}, "CFItems[0].fullStatement"),
            ({"CFItems": [{"fullStatement": "x"}]}, "CFItems[0].identifier"),
            ({"CFItems": [an_item(3), an_item(3)]}, "CFItems[1].identifier"),
        ],
    )
    def test_what_cannot_be_kept_is_named(self, files: Files, change: Json, path: str) -> None:
        with pytest.raises(Invalid) as refused:
            read(files, {**a_package([]), **change}, Options(format=FileFormat.CASE))
        assert refused.value.field == path

    @pytest.mark.parametrize("content", ["{", "[]", '{"a": 1}'])
    def test_what_is_no_package_is_refused(self, files: Files, content: str) -> None:
        with pytest.raises(Invalid):
            files.read(content, Options(format=FileFormat.CASE))

    def test_an_unknown_framework_is_no_framework(self, files: Files) -> None:
        with pytest.raises(Invalid, match="no imported framework"):
            write_case(files.export(), uuid(5))


class TestOwn:
    @pytest.fixture
    def kept(self, files: Files) -> Files:
        keeping = files.keeping
        lower = keeping.made("ENGL 101-1", title="Thesis", statement="State it.")
        higher = keeping.made("P-1", SloKind.PROGRAM)
        edit = EditSlo(keeping.units, keeping.clock)
        keeping.clock.advance(days=1)
        edit(EditSloCommand(STEWARD, lower, Edit.WORDING, statement="State and defend it."))
        texts = {(FOUR, Decimal(3)): "Clear."}
        edit(EditSloCommand(STEWARD, lower, Edit.WORDING, descriptors=texts))
        cells = {(lower, higher): Cell(mapped=True, kind=MappingKind.REINFORCED)}
        MapSlos(keeping.units, keeping.clock)(MapSlosCommand(STEWARD, cells))
        return files

    def test_versions_mappings_and_descriptors_are_said_in_case(self, kept: Files) -> None:
        package = export(kept)
        types = [item["CFItemType"] for item in package["CFItems"]]
        assert types == ["Course", "Org", "CSLO", "PSLO", "Former wording"]
        assert [one["associationType"] for one in package["CFAssociations"]] == [
            "isChildOf", "isChildOf", "isRelatedTo", "replacedBy",
        ]  # fmt: skip
        (rubric,) = package["CFRubrics"]
        levels = rubric["CFRubricCriteria"][0]["CFRubricCriterionLevels"]
        assert [(one["score"], one["description"]) for one in levels][1] == (3, "Clear.")

    def test_identifiers_are_uuids_that_never_change(self, kept: Files) -> None:
        first = export(kept)
        kept.keeping.clock.advance(days=100)
        second = export(kept)
        for name in ("CFItems", "CFAssociations", "CFRubrics"):
            assert [UUID(one["identifier"]) for one in first[name]] == [
                UUID(one["identifier"]) for one in second[name]
            ]
            assert all(one["uri"] == f"urn:uuid:{one['identifier']}" for one in first[name])

    def test_read_back_here_it_changes_nothing_and_is_no_foreign_framework(
        self, kept: Files
    ) -> None:
        report = kept.read(kept.written(FileFormat.CASE), Options())
        assert {line.state for line in report.lines} == {LineState.SAME}
        assert not report.changes
        assert frameworks_of(kept.export()) == []

    def test_read_elsewhere_it_brings_all_of_it(self, kept: Files) -> None:
        content = kept.written(FileFormat.CASE)
        units = fresh_units()
        with units() as unit:
            unit.roster.put_orgs([])
            unit.commit()
        other = Files(Keeping(units), kept.folder)
        with units() as unit:
            orgs = unit.roster.orgs()
            unit.roster.put_orgs([replace(orgs[0], active=True)])
            unit.commit()
        assert other.read(content, Options()).problems == ()
        one, program = other.slos()
        assert (one.code, one.statement, one.course_id) == (
            "ENGL 101-1", "State and defend it.", "course-engl101",
        )  # fmt: skip
        assert one.descriptors_on(FOUR) == {Decimal(3): "Clear."}
        (mapping,) = other.export().mappings
        assert (mapping.higher_id, mapping.kind) == (program.id, MappingKind.REINFORCED)

    def test_beside_a_framework_each_keeps_its_identifier(self, kept: Files) -> None:
        read(kept, a_package([an_item(10, humanCodingScheme="Z", notes="kept")]))
        package = export(kept)
        assert package["CFDocument"]["creator"] == "Attain"
        foreign = [item for item in package["CFItems"] if item["identifier"] == uuid(10)]
        assert foreign == [an_item(10, humanCodingScheme="Z", notes="kept")]


def fresh_units() -> MemoryUnits:
    return MemoryUnits(Store(), lambda _: MemoryQueue(MemoryJobs(FixedClock())))


# Anything that a framework may say beside what we know of.
_TEXTS = st.text(max_size=12)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False,
    allow_infinity=False) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
_EXTRA = st.dictionaries(
    st.sampled_from(
        ["notes", "conceptKeywords", "educationLevel", "language", "licenseURI", "extensions",
         "listEnumeration", "alternativeLabel", "statusStartDate", "CFItemTypeURI", "subject"]
    ),
    _VALUES,
    max_size=4,
)  # fmt: skip
_STATEMENTS = st.text(min_size=1, max_size=40).filter(
    lambda text: text.encode("utf-8", "ignore").decode().replace("\x00", "").strip() != ""
)
_KNOWN = st.fixed_dictionaries(
    {},
    optional={
        "humanCodingScheme": st.sampled_from(["A", "B", "  A ", "", "OWN"]) | _TEXTS,
        "abbreviatedStatement": _TEXTS | st.none(),
        "CFItemType": st.sampled_from(["CSLO", "pslo", "ISLO", "Domain", "Course", ""]),
    },
)


@st.composite
def packages(draw: st.DrawFn) -> Json:
    count = draw(st.integers(0, 6))
    items = [
        {**draw(_EXTRA), **draw(_KNOWN), "identifier": uuid(10 + n),
         "fullStatement": draw(_STATEMENTS)}
        for n in range(count)
    ]  # fmt: skip
    nodes = [uuid(10 + n) for n in range(count)] + [uuid(800)]
    kinds = ["isChildOf", "isRelatedTo", "isPartOf", "exactMatchOf", "replacedBy", "precedes"]
    associations = [
        {**draw(_EXTRA), "identifier": uuid(900 + n),
         "associationType": draw(st.sampled_from(kinds)),
         "originNodeURI": uri_of(draw(st.sampled_from(nodes))),
         "destinationNodeURI": uri_of(draw(st.sampled_from(nodes)))}
        for n in range(draw(st.integers(0, 6)))
    ]  # fmt: skip
    rubrics = [
        {**draw(_EXTRA), "identifier": uuid(50), "CFRubricCriteria": [
            {"CFItemURI": uri_of(draw(st.sampled_from(nodes))), "CFRubricCriterionLevels": [
                {"score": draw(st.sampled_from([1, 2.0, 3, 9])), "description": draw(_TEXTS)}
                for _ in range(draw(st.integers(0, 3)))
            ]}
        ]}
        for _ in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    document = {**draw(_EXTRA), "identifier": uuid(1), "title": draw(_TEXTS)}
    package: Json = {"CFDocument": document, "CFItems": items, "CFAssociations": associations}
    if draw(st.booleans()):
        package["CFRubrics"] = rubrics
    if draw(st.booleans()):
        package["CFDefinitions"] = draw(_VALUES)
    return package


@given(packages())
@settings(max_examples=80, suppress_health_check=list(HealthCheck))
def test_any_framework_comes_back_without_loss(package: Json) -> None:
    """Identifiers, keywords, levels, associations, definitions: as they came, in their order."""
    with TemporaryDirectory() as folder:
        files = Files(Keeping(fresh_units()), Path(folder))
        files.keeping.made("OWN")
        report = read(files, package, Options(FileFormat.CASE, owner=Owner("ENGL101", "ENGL")))
        assert report.problems == ()
        again = read(files, package, Options(FileFormat.CASE, owner=Owner("ENGL101", "ENGL")))
        assert not again.changes
        assert export(files, uuid(1)) == package


def test_of_two_criteria_on_one_item_only_the_one_that_was_read_is_rewritten(
    tmp_path: Path,
) -> None:
    def criterion(number: int, text: str) -> Json:
        levels = [{"score": 1, "description": text}]
        item = {"title": "x", "identifier": uuid(10), "uri": f"https://case.example/{uuid(10)}"}
        return {"identifier": uuid(number), "CFRubricCriteria": [
            {"CFItemURI": item, "CFRubricCriterionLevels": levels}]}  # fmt: skip

    package: Json = {
        "CFDocument": {"identifier": uuid(1), "title": "Framework"},
        "CFItems": [{"identifier": uuid(10), "fullStatement": "Students write."}],
        "CFAssociations": [],
        "CFRubrics": [criterion(20, "Seldom."), criterion(21, "Hardly.")],
    }
    files = Files(Keeping(fresh_units()), tmp_path)
    files.keeping.made("OWN")
    read(files, package, Options(FileFormat.CASE, owner=Owner("ENGL101", "ENGL")))

    assert export(files, uuid(1)) == package
