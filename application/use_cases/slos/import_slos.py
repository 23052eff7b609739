"""Import scales and SLOs: all of a file or none of it; the same file again changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from application.college_rules import today
from application.import_report import ImportCount, ImportProblem, ImportReport, counted
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import Precondition, UnitOfWork, UnitOfWorkFactory
from application.slos.book import SloBook
from application.slos.entries import (
    MasteryEntry,
    ScaleEntry,
    ScoreLevelEntry,
    SloEntry,
)
from application.slos.keeper import keeper_of
from application.slos.mapping_import import MappingImport
from application.slos.scale_import import ScaleImport
from application.slos.slo_import import PlannedSlo, SloImport
from application.viewers import Viewer
from domain.audit import Deed
from domain.errors import NonsenseValue
from domain.foreign import ForeignRecord
from domain.slo import Edit
from domain.target import Target, TargetOf

COMMAND_LINE = Viewer(None, None)

__all__ = [
    "ImportSlos",
    "ImportSlosCommand",
    "MasteryEntry",
    "ScaleEntry",
    "ScoreLevelEntry",
    "SloEntry",
]


@dataclass(frozen=True, slots=True)
class ImportSlosCommand:
    """`mastery` from the lowest level to the highest.

    `edit` says what another title or statement means. `dry_run` stores nothing. `frameworks`
    are foreign documents with all of them that is no SLO. New mappings hold from `from_term`
    on, an id, name or source id; empty: the current term.
    """

    actor: str
    source: str
    mastery: tuple[MasteryEntry, ...]
    scales: tuple[ScaleEntry, ...]
    slos: tuple[SloEntry, ...]
    edit: Edit = Edit.WORDING
    dry_run: bool = False
    viewer: Viewer = COMMAND_LINE
    frameworks: tuple[ForeignRecord, ...] = ()
    from_term: str = ""
    precondition: Precondition | None = None


@dataclass(frozen=True, slots=True)
class ImportSlos:
    """SLOs are known by code or by a foreign identifier, scales by code.

    A used scale is never edited: its next version is made. Another title or statement of
    an SLO is its next version unless the command says that it is a correction. What was
    scored keeps its own frozen copy of both. SLOs that the file does not list stay as they
    are, and so do mappings.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: ImportSlosCommand) -> ImportReport:
        """Problems name the place in the file; with one, nothing is stored.

        Raises:
            Forbidden: the role keeps no outcomes.
        """
        with self.units() as unit:
            if command.precondition:
                command.precondition(unit)
            keeper = keeper_of(unit, command.viewer)
            scales = ScaleImport(unit, self.new_id, command.mastery)
            scale_changes = scales.changes(command.scales)
            slos = SloImport(unit, self.new_id, scales.newest, keeper, command.edit)
            planned = slos.planned(command.slos)
            changes = [one.change for one in planned if one.change.before != one.change.after]
            SloBook(unit, self.clock.now()).write(changes)
            mappings = MappingImport(unit, keeper, slos.by_code)
            mapped = mappings.made(
                planned, command.from_term, today(unit.settings, self.clock.now())
            )
            problems = [*scales.problems, *slos.problems, *mappings.problems]
            if scale_changes and not command.viewer.sees_all:
                problems.append(ImportProblem("scales", "only a Data Steward changes scales"))
            targets = list(_targets(planned, problems))
            lines = tuple(one.line for one in planned)
            if problems:
                return ImportReport((), tuple(problems), lines, applied=False)
            counts = (
                counted("scales", len(command.scales), scale_changes, scales.known),
                counted("slos", len(command.slos), [one.after for one in changes], slos.known),
                *([ImportCount("mappings", mapped, 0, 0)] if mapped else []),
            )
            extra = _keep_the_rest(unit, command.frameworks, planned, targets)
            changed = bool(scale_changes or changes or mapped or extra)
            if changed and not command.dry_run:
                unit.audit.record(self._deed(command, counts))
                unit.commit()
        return ImportReport(counts, (), lines, applied=not command.dry_run)

    def _deed(self, command: ImportSlosCommand, counts: tuple[ImportCount, ...]) -> Deed:
        details = "; ".join(str(count) for count in counts)
        return Deed(
            command.actor, "imported SLOs", f"slos:{command.source}", details, self.clock.now()
        )


def _targets(planned: Sequence[PlannedSlo], problems: list[ImportProblem]) -> Iterable[Target]:
    for one in planned:
        if one.entry.target is not None:
            try:
                yield Target(TargetOf.SLO, one.change.after.id, one.entry.target)
            except NonsenseValue as broken:
                problems.append(ImportProblem(f"{one.entry.path}.target", str(broken)))


def _keep_the_rest(
    unit: UnitOfWork,
    frameworks: Sequence[ForeignRecord],
    planned: Sequence[PlannedSlo],
    targets: Sequence[Target],
) -> bool:
    """Targets and foreign records; whether one of them is new or another."""
    foreign = [*frameworks, *(record for one in planned for record in one.foreign())]
    standards = {record.standard for record in foreign}
    stored = {record for standard in standards for record in unit.curriculum.foreign(standard)}
    fresh = [record for record in foreign if record not in stored]
    unit.curriculum.put_foreign(fresh)
    kept = set(unit.curriculum.targets()) if targets else set()
    for target in targets:
        unit.curriculum.put_target(target)
    return bool(fresh) or any(target not in kept for target in targets)
