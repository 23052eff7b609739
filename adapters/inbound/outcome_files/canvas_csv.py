"""Canvas' CSV of outcomes as a file to carry: written for an account, and read from an export.

Canvas takes groups only above the rows that name them, ratings in falling points as the last
columns, and a calculation method in every outcome row.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from adapters.inbound.outcome_files.cells import CellRow, rows_of
from adapters.inbound.outcome_files.known import Known
from adapters.rich_text import html_of, text_of
from application.errors import Invalid
from application.queries.slos.outcome_export import OutcomeExport
from application.slos.entries import ForeignMark, SloEntry
from domain.errors import NonsenseValue
from domain.foreign import Standard
from domain.ids import LmsAccountRef
from domain.outcomes.content import OutcomeContent, clipped, content_of
from domain.outcomes.guids import course_folder_guid, course_named_by, slo_guid, slo_named_by
from domain.rubric import slo_row
from domain.scale import AssessmentScale
from domain.score import plain
from domain.slo import Slo, SloKind, SloState

HEADER = (
    "vendor_guid", "object_type", "title", "description", "display_name", "parent_guids",
    "calculation_method", "calculation_int", "mastery_points", "workflow_state", "ratings",
)  # fmt: skip
USUAL_ROOT = LmsAccountRef("1")
"""Number of the root account of most Canvas installations."""
_CODED = re.compile(
    r"(?P<code>\S*\d\S*|[A-Z]{2,} \S*\d\S*?)\s*(?:[:\u2013\u2014]|\s-)\s+(?P<title>.+)"
)


def write_canvas_csv(export: OutcomeExport, root: str = "") -> bytes:
    """Active SLOs on the default scale; retired ones that were sent are taken away.

    An outcome that was sent keeps its guid, so that Canvas changes it and makes no other.
    `root` is the number of Canvas' root account; empty: as sent before, else the usual one.

    Raises:
        Invalid: there is no default scale, or none of its levels meets the threshold.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(_Writing(export, LmsAccountRef(root) or _root_of(export)).rows())
    return text.getvalue().encode()


def _root_of(export: OutcomeExport) -> LmsAccountRef:
    for one in reversed(export.sent):
        parts = one.guid.split(":")
        if slo_named_by(one.guid):
            return LmsAccountRef(parts[1])
    return USUAL_ROOT


@dataclass(frozen=True, slots=True)
class _Writing:
    export: OutcomeExport
    root: LmsAccountRef

    def rows(self) -> Iterator[tuple[str, ...]]:
        scale = self.export.default_scale
        if scale is None:
            raise Invalid("scale", "make a default scale first.")
        sent = {one.slo_id: one.guid for one in self.export.sent}
        listed = [
            slo
            for slo in self.export.slos
            if slo.state is SloState.ACTIVE or (slo.state is SloState.RETIRED and slo.id in sent)
        ]
        yield from self._groups(listed)
        for slo in listed:
            guid = sent.get(slo.id) or slo_guid(self.root, slo.id)
            yield self._outcome(slo, guid, scale)

    def _groups(self, slos: list[Slo]) -> Iterator[tuple[str, ...]]:
        named = {folder: self._title(slo) for slo in slos if (folder := self._folder(slo))}
        for guid, title in named.items():
            yield (guid, "group", clipped(title), "", "", "", "", "", "", "active", "")

    def _title(self, slo: Slo) -> str:
        if slo.course_id:
            course = self.export.courses[slo.course_id]
            return f"{course.code} {course.title}"
        return self.export.orgs[slo.org_id].name if slo.org_id else ""

    def _folder(self, slo: Slo) -> str:
        """Empty: the root of the account."""
        if slo.course_id:
            return course_folder_guid(self.root, slo.course_id)
        return f"attain:{self.root}:org:{slo.org_id}" if slo.org_id else ""

    def _outcome(self, slo: Slo, guid: str, scale: AssessmentScale) -> tuple[str, ...]:
        content = _content(slo, scale)
        assert content.scale is not None  # noqa: S101 content_of always gives one
        ratings = [
            cell
            for rating in content.scale.ratings
            for cell in (plain(rating.points), rating.description)
        ]
        return (
            guid, "outcome", content.title, html_of(content.description), content.display_name,
            self._folder(slo), content.scale.calculation.method, "",
            plain(content.scale.mastery_points),
            "deleted" if slo.state is SloState.RETIRED else "active", *ratings,
        )  # fmt: skip


def _content(slo: Slo, scale: AssessmentScale) -> OutcomeContent:
    try:
        return content_of(slo_row(slo, scale))
    except NonsenseValue:
        cure = f"no level of {scale.name} meets the threshold, so Canvas could not show mastery."
        raise Invalid("scale", cure) from None


def read_canvas_csv(content: bytes, known: Known) -> tuple[SloEntry, ...]:
    """Outcomes as SLOs; folders tell their course, and foreign guids are remembered.

    Raises:
        Invalid: the file is none of Canvas', or a row cannot be read, by its line.
    """
    header, rows = rows_of(content)
    names = [name.casefold() for name in header]
    for name in ("vendor_guid", "object_type", "title"):
        if name not in names:
            raise Invalid("line 1", f"the column {name} is missing; Canvas exports it.")
    groups = {row.text("vendor_guid"): row for row in rows if row.text("object_type") == "group"}
    reading = _Reading(known, groups, names)
    return tuple(reading.entry(row) for row in rows if reading.is_outcome(row))


@dataclass(frozen=True, slots=True)
class _Reading:
    known: Known
    groups: Mapping[str, CellRow]
    names: list[str]

    def is_outcome(self, row: CellRow) -> bool:
        kind = row.text("object_type")
        if kind not in {"outcome", "group"}:
            raise Invalid(f"line {row.line}", f"'{kind}' is neither outcome nor group.")
        return kind == "outcome"

    def entry(self, row: CellRow) -> SloEntry:
        path, guid = f"line {row.line}", row.text("vendor_guid")
        if not guid or not row.text("title"):
            raise Invalid(path, "an outcome has a vendor_guid and a title.")
        named = slo_named_by(guid)
        own = self.known.slos.get(named) if named else None
        code, title = _code_and_title(row, own)
        course = self._course(row)
        owner = self.known.owner
        kind = own.kind if own else (SloKind.COURSE if course else owner.kind)
        ratings = self._ratings(row)
        return SloEntry(
            path,
            code,
            kind,
            None if own else course or owner.course or None,
            None if own or course else owner.org or None,
            title,
            text_of(row.text("description")) or title,
            SloState.RETIRED if row.text("workflow_state") == "deleted" else None,
            self._descriptors(ratings),
            slo_id=own.id if own else None,
            foreign=None if own else ForeignMark(Standard.CANVAS, "", guid, _body(row, ratings)),
            alternatives=() if own else (guid,),
        )

    def _course(self, row: CellRow) -> str | None:
        """By the folders above, nearest first: ours by guid, others by their title."""
        waiting, seen = row.text("parent_guids").split(), set[str]()
        while waiting:
            guid = waiting.pop(0)
            if guid in seen:
                continue
            seen.add(guid)
            named = course_named_by(guid)
            if named and named in self.known.courses:
                return self.known.courses[named]
            group = self.groups.get(guid)
            if group is not None:
                if code := self.known.course_titled(group.text("title")):
                    return code
                waiting += group.text("parent_guids").split()
        return None

    def _ratings(self, row: CellRow) -> list[tuple[Decimal, str]]:
        cells = [row.text("ratings"), *row.rest] if "ratings" in self.names else []
        while cells and not cells[-1]:
            cells.pop()
        try:
            return [
                (Decimal(points), cells[at * 2 + 1] if at * 2 + 1 < len(cells) else "")
                for at, points in enumerate(cells[::2])
            ]
        except InvalidOperation:
            cause = "points and text of ratings go by turns, with a point in fractions."
            raise Invalid(f"line {row.line}, ratings", cause) from None

    def _descriptors(
        self, ratings: list[tuple[Decimal, str]]
    ) -> dict[str, dict[Decimal, str]] | None:
        """Where the ratings are those of the default scale; else None, and nothing is guessed."""
        scale = self.known.default_scale
        if scale is None or {points for points, _ in ratings} != {v.points for v in scale.levels}:
            return None
        texts = dict(ratings)
        own = {}
        for level in scale.levels:
            text = texts[level.points].strip()
            text = text.removeprefix(f"{level.label}:").strip()
            if text not in {"", level.label, level.descriptor}:
                own[level.points] = text
        return {scale.code: own}


def _code_and_title(row: CellRow, own: Slo | None) -> tuple[str, str]:
    title, shown = " ".join(row.text("title").split()), " ".join(row.text("display_name").split())
    if own is not None:
        whole = clipped(f"{own.code} {own.title}" if own.code != own.title else own.title)
        if title == whole:
            return own.code, own.title
        rest = title.removeprefix(f"{own.code} ").strip()
        return own.code, rest
    if shown and title.endswith(f" {shown}"):
        return title.removesuffix(shown).strip(), shown
    coded = _CODED.fullmatch(title)
    return (coded["code"].strip(), coded["title"]) if coded else (row.text("vendor_guid"), title)


def _body(row: CellRow, ratings: list[tuple[Decimal, str]]) -> str:
    """All of the row, for what we do not model."""
    told = {name: text for name, text in row.cells.items() if text and name != "ratings"}
    listed = [f"{plain(points)} {text}".strip() for points, text in ratings]
    return json.dumps({**told, "ratings": listed}, ensure_ascii=False)
