"""Our CSV of SLOs (docs/outcome-files.md), both ways."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from adapters.inbound.files.csv_text import csv_file, unsafe
from adapters.inbound.outcome_files.cells import CellRow, rows_of
from application.errors import Invalid
from application.queries.slos.outcome_export import OutcomeExport
from application.slos.entries import MapsTo, SloEntry
from domain.ids import SloId
from domain.score import plain
from domain.slo import Slo, SloKind, SloState
from domain.slo_mapping import MappingKind, SloMapping

REQUIRED = ("code", "title", "statement")
COLUMNS = ("code", "kind", "course", "org", "title", "statement", "state", "maps_to", "target")
_DESCRIPTOR = "descriptor:"
_MAPPED = re.compile(r"(?P<code>.+?)(?:\s*\((?P<kind>[a-z]+)\))?", re.IGNORECASE)
_WORDS = {
    "cslo": SloKind.COURSE, "course": SloKind.COURSE, "pslo": SloKind.PROGRAM,
    "program": SloKind.PROGRAM, "islo": SloKind.INSTITUTION, "institution": SloKind.INSTITUTION,
}  # fmt: skip


def read_slo_csv(content: bytes) -> tuple[SloEntry, ...]:
    """Raises Invalid: a file or row that cannot be read, by its line, with the cure."""
    header, rows = rows_of(content)
    levels = dict(_levels(header))
    names = [name.casefold() for name in header]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise Invalid("line 1", f"the column {missing[0]} is missing.")
    unknown = [name for name in names if name not in COLUMNS and name not in levels]
    if unknown:
        raise Invalid("line 1", f"the column {unknown[0]} is not known; see docs/outcome-files.md.")
    entries = tuple(_Row(row, levels).entry() for row in rows)
    seen: dict[str, str] = {}
    for entry in entries:
        if entry.code in seen:
            raise Invalid(entry.path, f"the code {entry.code} stands in {seen[entry.code]} too.")
        seen[entry.code] = entry.path
    return entries


def write_slo_csv(export: OutcomeExport) -> bytes:
    """What `read_slo_csv` reads back; a column for each level of each scale in use."""
    described = {one.scale_id for slo in export.slos for one in slo.descriptors}
    mapped: dict[SloId, list[SloMapping]] = {}
    for one in export.mappings:
        mapped.setdefault(one.lower_id, []).append(one)
    levels = [
        (scale, level)
        for scale in export.scales
        for level in reversed(scale.levels)
        if scale.is_default or scale.id in described
    ]
    header = [*COLUMNS, *(f"{_DESCRIPTOR}{s.code}:{plain(v.points)}" for s, v in levels)]
    return csv_file(
        header,
        (
            [
                *_fields(export, slo, mapped.get(slo.id, [])),
                *(slo.descriptors_on(s.id).get(v.points, "") for s, v in levels),
            ]
            for slo in export.slos
        ),
    )


def _fields(export: OutcomeExport, slo: Slo, mapped: list[SloMapping]) -> Iterator[str]:
    yield slo.code
    yield slo.kind
    course = export.courses.get(slo.course_id) if slo.course_id else None
    org = export.orgs.get(slo.org_id) if slo.org_id else None
    yield course.code if course else ""
    yield org.code if org else ""
    yield slo.title
    yield slo.statement
    yield slo.state
    yield "; ".join(
        f"{export.codes[one.higher_id]} ({one.kind})" if one.kind else export.codes[one.higher_id]
        for one in mapped
    )
    target = export.targets.get(slo.id)
    yield plain(target.share) if target else ""


def _levels(header: list[str]) -> Iterator[tuple[str, tuple[str, Decimal]]]:
    """`descriptor:FOUR:3`, by its name in lower case."""
    for name in header:
        if name.casefold().startswith(_DESCRIPTOR):
            scale, _, points = name[len(_DESCRIPTOR) :].rpartition(":")
            try:
                yield name.casefold(), (scale.strip(), Decimal(points.strip()))
            except InvalidOperation:
                cure = "write it as descriptor:SCALE:POINTS."
                raise Invalid("line 1", f"the column {name} names no score level; {cure}") from None


@dataclass(frozen=True, slots=True)
class _Row:
    row: CellRow
    levels: Mapping[str, tuple[str, Decimal]]

    @property
    def path(self) -> str:
        return f"line {self.row.line}"

    def entry(self) -> SloEntry:
        if self.row.rest and any(self.row.rest):
            cause = "more cells than columns; is there a comma in a value without quotation marks?"
            raise Invalid(self.path, cause)
        course, org = self._text("course"), self._text("org")
        return SloEntry(
            self.path,
            self._required("code"),
            self._kind(course, org),
            course or None,
            org or None,
            self._required("title"),
            self._required("statement"),
            self._state(),
            self._descriptors(),
            tuple(self._maps_to()),
            self._target(),
        )

    def _text(self, column: str) -> str:
        return unsafe(self.row.text(column)).strip()

    def _required(self, column: str) -> str:
        text = self._text(column)
        if not text:
            raise Invalid(f"{self.path}, {column}", "this cell may not be empty.")
        return text

    def _kind(self, course: str, org: str) -> SloKind:
        written = self._text("kind").casefold()
        if not written:
            return SloKind.COURSE if course or not org else SloKind.PROGRAM
        if written not in _WORDS:
            raise Invalid(f"{self.path}, kind", f"'{written}' is none; use cslo, pslo or islo.")
        return _WORDS[written]

    def _state(self) -> SloState | None:
        written = self._text("state").casefold()
        if not written:
            return None
        if written not in set(SloState):
            cure = "use draft, active or retired."
            raise Invalid(f"{self.path}, state", f"'{written}' is none; {cure}")
        return SloState(written)

    def _descriptors(self) -> dict[str, dict[Decimal, str]] | None:
        """None where the file has no column for them, so that those stored stay."""
        if not self.levels:
            return None
        found: dict[str, dict[Decimal, str]] = {}
        for column, (scale, points) in self.levels.items():
            if text := self._text(column):
                found.setdefault(scale, {})[points] = text
        return found

    def _maps_to(self) -> Iterator[MapsTo]:
        for part in self._text("maps_to").split(";"):
            match = _MAPPED.fullmatch(part.strip())
            if match is None:
                continue
            kind = (match["kind"] or "").casefold()
            if kind and kind not in set(MappingKind):
                yield MapsTo(part.strip())
            else:
                yield MapsTo(match["code"].strip(), MappingKind(kind) if kind else None)

    def _target(self) -> Decimal | None:
        written = self._text("target").removesuffix("%").strip()
        if not written:
            return None
        try:
            return Decimal(written)
        except InvalidOperation:
            raise Invalid(f"{self.path}, target", "give a share in per cent.") from None
