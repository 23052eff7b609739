"""Canvas' CSV of outcomes: what is written is really imported by the practice Canvas."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from adapters.inbound.outcome_files.canvas_csv import write_canvas_csv
from adapters.inbound.outcome_files.formats import FileFormat, Options
from adapters.inbound.outcome_files.known import Owner
from application.errors import Invalid
from application.import_report import LineState
from domain.foreign import Standard
from domain.ids import ScaleId, SloId
from domain.slo import SloKind, SloState
from tests import builders
from tests.adapters.outcome_files.files import Files
from tests.exchange_builders import a_publication
from tests.sandbox.college import Practice
from tests.sandbox.outcome_steps import imported, links

FOREIGN = (
    "vendor_guid,object_type,title,description,display_name,parent_guids,calculation_method,"
    "calculation_int,mastery_points,workflow_state,ratings\n"
    "g:1,group,ENGL101 Writing,,,,,,,active\n"
    "g:2,group,Papers,,,g:1,,,,active\n"
    "o:1,outcome,E.1: Thesis,<p>State &amp; defend.</p>,,g:2,n_mastery,3,3,active,"
    "4,Exceeded,3,Met: Clear.,2,Developing,1,Beginning\n"
    "o:2,outcome,Sources,,,g:1,highest,,5,active,10,Full,5,Half,0,None\n"
)


@pytest.fixture
def practice() -> Practice:
    return Practice()


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode())))


class TestWriting:
    def test_the_practice_canvas_imports_every_row(self, files: Files, practice: Practice) -> None:
        files.keeping.made("ENGL 101-1", title="=Thesis", statement="State it.\nDefend it.")
        files.keeping.made("P-1", SloKind.PROGRAM)
        files.keeping.made("I-1", SloKind.INSTITUTION, org="")
        content = files.written(FileFormat.CANVAS)

        done = imported(practice, content)

        assert (done["workflow_state"], done["processing_errors"]) == ("succeeded", [])
        shown = {one["outcome"]["title"]: one for one in links(practice)}
        assert set(shown) == {
            "ENGL 101-1 =Thesis", "P-1 Title of P-1", "I-1 Title of I-1",
        }  # fmt: skip
        outcome = shown["ENGL 101-1 =Thesis"]["outcome"]
        assert outcome["display_name"] == "=Thesis"
        assert outcome["description"] == "<p>State it.<br>Defend it.</p>"
        assert outcome["calculation_method"] == "latest"
        assert outcome["mastery_points"] == 3
        assert [rating["points"] for rating in outcome["ratings"]] == [4, 3, 2, 1]
        group = shown["ENGL 101-1 =Thesis"]["outcome_group"]["title"]
        assert group == "ENGL101 Course engl101"
        assert shown["I-1 Title of I-1"]["outcome_group"]["title"] != group

    def test_imported_twice_it_stands_there_once(self, files: Files, practice: Practice) -> None:
        files.keeping.made("ENGL 101-1")
        for _ in range(2):
            imported(practice, files.written(FileFormat.CANVAS))
        assert len(links(practice)) == 1

    def test_what_was_sent_keeps_its_guid_and_a_retired_one_is_taken_away(
        self, files: Files
    ) -> None:
        made = {key: files.keeping.made(key) for key in ("E-1", "E-2", "E-3")}
        with files.keeping.units() as unit:
            unit.sites.save(builders.a_site())
            slos = unit.outcomes.slos_by_id(made.values())
            unit.outcomes.put_slos(
                replace(slos[made[key]], state=SloState.RETIRED) for key in ("E-2", "E-3")
            )
            unit.publications.save(
                a_publication(key, slo_id=made[key], guid=f"attain:77:slo:{made[key]}:v2")
                for key in ("E-1", "E-2")
            )
            unit.commit()
        outcomes = [row for row in rows(files.written(FileFormat.CANVAS)) if row[1] == "outcome"]
        assert [(row[0], row[9]) for row in outcomes] == [
            (f"attain:77:slo:{made['E-1']}:v2", "active"),
            (f"attain:77:slo:{made['E-2']}:v2", "deleted"),
        ]

    def test_the_root_account_can_be_told(self, files: Files) -> None:
        slo_id = files.keeping.made("E-1")
        content = write_canvas_csv(files.export(), "12")
        assert rows(content)[-1][0] == f"attain:12:slo:{slo_id}"

    def test_without_a_usable_scale_it_says_what_to_do(self, files: Files) -> None:
        files.keeping.made("E-1")
        with files.keeping.units() as unit:
            (scale,) = unit.outcomes.scales()
            unit.outcomes.put_scales([replace(scale, levels=scale.levels[:2])])
            unit.commit()
        with pytest.raises(Invalid, match="no level of Four meets the threshold"):
            files.written(FileFormat.CANVAS)
        with pytest.raises(Invalid, match="make a default scale"):
            write_canvas_csv(replace(files.export(), scales=()))


class TestReading:
    def test_folders_tell_the_course_and_ratings_the_descriptors(self, files: Files) -> None:
        report = files.read(FOREIGN)
        assert report.problems == ()
        one, two = files.slos()
        assert (one.code, one.title, one.statement) == ("E.1", "Thesis", "State & defend.")
        assert (one.kind, one.course_id) == (SloKind.COURSE, "course-engl101")
        assert one.descriptors_on(ScaleId("scale-four")) == {Decimal(3): "Clear."}
        assert (two.code, two.title, two.statement, two.descriptors) == (
            "o:2", "Sources", "Sources", (),
        )  # fmt: skip

    def test_the_foreign_guid_is_remembered_with_what_we_do_not_model(self, files: Files) -> None:
        files.read(FOREIGN)
        with files.keeping.units(write=False) as unit:
            kept = {one.identifier: one for one in unit.curriculum.foreign(Standard.CANVAS)}
        assert json.loads(kept["o:1"].body)["calculation_int"] == "3"
        assert json.loads(kept["o:2"].body)["ratings"] == ["10 Full", "5 Half", "0 None"]

    def test_the_same_file_again_changes_nothing_and_a_new_title_is_the_same_slo(
        self, files: Files
    ) -> None:
        files.read(FOREIGN)
        assert not files.read(FOREIGN).changes
        renamed = FOREIGN.replace("E.1: Thesis", "E.1: Theses").replace("active,4", "deleted,4")
        report = files.read(renamed)
        assert [line.state for line in report.lines] == [LineState.WORDING, LineState.SAME]
        assert (files.slos()[0].state, len(files.slos())) == (SloState.RETIRED, 2)

    def test_our_own_file_comes_back_without_a_change(self, files: Files) -> None:
        files.keeping.made("ENGL 101-1", title="Thesis", statement="State it.\n\nDefend it.")
        files.keeping.made("P-1", SloKind.PROGRAM)
        files.keeping.made("I-1", SloKind.INSTITUTION, org="")
        report = files.read(files.written(FileFormat.CANVAS))
        assert {line.state for line in report.lines} == {LineState.SAME}
        with files.keeping.units(write=False) as unit:
            assert unit.curriculum.foreign(Standard.CANVAS) == []

    def test_an_owner_can_be_told_for_folders_that_name_no_course(self, files: Files) -> None:
        content = FOREIGN.replace("ENGL101 Writing", "Writing")
        files.read(content, Options(owner=Owner(org="ENGL")))
        assert {slo.kind for slo in files.slos()} == {SloKind.PROGRAM}
        assert {slo.org_id for slo in files.slos()} == {"org-english"}

    @pytest.mark.parametrize(
        ("old", "new", "path", "cause"),
        [
            ("object_type", "kind", "line 1", "object_type is missing"),
            ("outcome,Sources", "thing,Sources", "line 5", "neither outcome nor group"),
            ("o:2,outcome", ",outcome", "line 5", "has a vendor_guid"),
            ("10,Full", "ten,Full", "line 5, ratings", "go by turns"),
        ],
    )
    def test_what_is_wrong_is_named_by_its_line(
        self, files: Files, old: str, new: str, path: str, cause: str
    ) -> None:
        with pytest.raises(Invalid, match=cause) as refused:
            files.read(FOREIGN.replace(old, new), Options(format=FileFormat.CANVAS))
        assert refused.value.field == path


def test_nothing_is_taken_for_an_slo_that_a_guid_does_not_name(files: Files) -> None:
    content = FOREIGN.replace("o:2", "attain:1:slo:gone")
    files.read(content)
    assert SloId("gone") not in {slo.id for slo in files.slos()}
    assert len(files.slos()) == 2
