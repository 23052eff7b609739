"""Import scales and SLOs: all of a file or none of it; the same file again changes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from application.import_report import ImportCount, ImportProblem, ImportReport, counted
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import Precondition, UnitOfWork, UnitOfWorkFactory
from domain.audit import Deed
from domain.errors import DomainError
from domain.ids import CourseId, OrgId, ScaleId, SloId
from domain.scale import AssessmentScale, MasteryLevel, ScoreLevel
from domain.score import plain
from domain.slo import PerformanceDescriptor, Slo, SloKind, SloState


@dataclass(frozen=True, slots=True)
class MasteryEntry:
    code: str
    name: str
    met: bool


@dataclass(frozen=True, slots=True)
class ScoreLevelEntry:
    points: Decimal
    label: str
    descriptor: str
    mastery: str


@dataclass(frozen=True, slots=True)
class ScaleEntry:
    """`levels` from lowest to highest."""

    path: str
    code: str
    name: str
    is_default: bool
    levels: tuple[ScoreLevelEntry, ...]


@dataclass(frozen=True, slots=True)
class SloEntry:
    """`descriptors` are by scale code, then points. `path` is the entry's place in the file."""

    path: str
    code: str
    kind: SloKind
    course: str | None
    org: str | None
    title: str
    statement: str
    state: SloState
    descriptors: Mapping[str, Mapping[Decimal, str]]


@dataclass(frozen=True, slots=True)
class ImportSlosCommand:
    """`mastery` from the lowest level to the highest."""

    actor: str
    source: str
    mastery: tuple[MasteryEntry, ...]
    scales: tuple[ScaleEntry, ...]
    slos: tuple[SloEntry, ...]
    precondition: Precondition | None = None


@dataclass(frozen=True, slots=True)
class ImportSlos:
    """SLOs are known by code, scales by code too.

    A used scale is never edited: its next version is made. Another title or statement of
    an SLO is its next version. What was scored keeps its own frozen copy of both. SLOs that
    the file does not list stay as they are.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: ImportSlosCommand) -> ImportReport:
        """Problems name the place in the file; with one, nothing is stored."""
        with self.units() as unit:
            if command.precondition:
                command.precondition(unit)
            scales = _ScaleImport(unit, self.new_id, command.mastery)
            scale_changes = scales.changes(command.scales)
            slos = _SloImport(unit, self.new_id, scales.newest)
            slo_changes = slos.changes(command.slos)
            problems = (*scales.problems, *slos.problems)
            counts = (
                counted("scales", len(command.scales), scale_changes, scales.known),
                counted("slos", len(command.slos), slo_changes, slos.known),
            )
            if problems:
                return ImportReport((), tuple(problems))
            if scale_changes or slo_changes:
                unit.outcomes.put_scales(scale_changes)
                unit.outcomes.put_slos(slo_changes)
                unit.audit.record(self._deed(command, counts))
                unit.commit()
        return ImportReport(counts, ())

    def _deed(self, command: ImportSlosCommand, counts: tuple[ImportCount, ...]) -> Deed:
        details = "; ".join(str(count) for count in counts)
        return Deed(
            command.actor, "imported SLOs", f"slos:{command.source}", details, self.clock.now()
        )


class _ScaleImport:
    def __init__(self, unit: UnitOfWork, new_id: NewId, mastery: tuple[MasteryEntry, ...]) -> None:
        self.problems: list[ImportProblem] = []
        self._new_id = new_id
        self._mastery = {
            entry.code: MasteryLevel(entry.code, entry.name, position, entry.met)
            for position, entry in enumerate(mastery)
        }
        stored = unit.outcomes.scales()
        self._used = {assessment.scale_id for assessment in unit.assessments.all()}
        by_version = sorted(stored, key=lambda scale: scale.version)
        self.newest = {scale.code: scale for scale in by_version}
        self.known = {str(scale.id) for scale in stored}
        self._stored = stored

    def changes(self, entries: tuple[ScaleEntry, ...]) -> list[AssessmentScale]:
        """Scales to store, those among them that only cease to be the default included."""
        changed = [scale for entry in entries for scale in self._changed(entry)]
        names = (entry.code for entry in entries if entry.is_default)
        default = self.newest.get(next(names, ""))
        ids = {scale.id for scale in changed}
        displaced = [
            replace(scale, is_default=False)
            for scale in self._stored
            if default and scale.is_default and scale.id not in {*ids, default.id}
        ]
        return [*changed, *displaced]

    def _changed(self, entry: ScaleEntry) -> Iterator[AssessmentScale]:
        before = self.newest.get(entry.code)
        wanted = self._wanted(entry, before)
        if wanted is None or wanted == before:
            return
        if before is not None and before.id in self._used and wanted.levels != before.levels:
            wanted = replace(wanted, id=ScaleId(self._new_id()), version=before.version + 1)
        self.newest[entry.code] = wanted
        yield wanted

    def _wanted(self, entry: ScaleEntry, before: AssessmentScale | None) -> AssessmentScale | None:
        try:
            return AssessmentScale(
                before.id if before else ScaleId(self._new_id()),
                entry.code,
                entry.name,
                before.version if before else 1,
                entry.is_default,
                tuple(self._level(level) for level in entry.levels),
            )
        except KeyError as unknown:
            cause = f"mastery {unknown} is not among mastery_levels"
            self.problems.append(ImportProblem(f"{entry.path}.levels", cause))
        except DomainError as broken:
            self.problems.append(ImportProblem(entry.path, str(broken)))
        return None

    def _level(self, entry: ScoreLevelEntry) -> ScoreLevel:
        mastery = self._mastery[entry.mastery]
        return ScoreLevel(entry.points, entry.label, entry.descriptor, mastery)


class _SloImport:
    def __init__(
        self, unit: UnitOfWork, new_id: NewId, scales: Mapping[str, AssessmentScale]
    ) -> None:
        self.problems: list[ImportProblem] = []
        self._new_id = new_id
        self._scales = scales
        self._courses = {course.code: course.id for course in unit.roster.courses()}
        self._orgs = {org.code: org.id for org in unit.roster.orgs()}
        stored = unit.outcomes.slos()
        self._by_code = {slo.code: slo for slo in stored}
        self.known = {str(slo.id) for slo in stored}

    def changes(self, entries: tuple[SloEntry, ...]) -> list[Slo]:
        wanted = [self._wanted(entry, self._by_code.get(entry.code)) for entry in entries]
        return [slo for slo in wanted if slo != self._by_code.get(slo.code)]

    def _wanted(self, entry: SloEntry, before: Slo | None) -> Slo:
        return Slo(
            before.id if before else SloId(self._new_id()),
            entry.code,
            entry.kind,
            self._course(entry),
            self._org(entry),
            entry.title,
            entry.statement,
            entry.state,
            _version(entry, before),
            tuple(self._descriptors(entry)),
        )

    def _course(self, entry: SloEntry) -> CourseId | None:
        if entry.kind is SloKind.COURSE and entry.course is None:
            self._problem(f"{entry.path}.course", "a cslo names the course that owns it")
        if entry.course is not None and entry.course not in self._courses:
            cure = "load the roster with it first"
            self._problem(f"{entry.path}.course", f"no course has the code {entry.course}; {cure}")
        return self._courses.get(entry.course or "")

    def _org(self, entry: SloEntry) -> OrgId | None:
        if entry.org is not None and entry.org not in self._orgs:
            self._problem(f"{entry.path}.org", f"no org has the code {entry.org}")
        return self._orgs.get(entry.org or "")

    def _descriptors(self, entry: SloEntry) -> Iterator[PerformanceDescriptor]:
        for code, by_points in entry.descriptors.items():
            path = f"{entry.path}.descriptors.{code}"
            scale = self._scales.get(code)
            if scale is None:
                self._problem(path, "no scale has this code")
                continue
            offered = {level.points for level in scale.levels}
            for points, text in sorted(by_points.items()):
                if points not in offered:
                    self._problem(f"{path}.{plain(points)}", "the scale has no such score level")
                yield PerformanceDescriptor(scale.id, points, text)

    def _problem(self, path: str, cause: str) -> None:
        self.problems.append(ImportProblem(path, cause))


def _version(entry: SloEntry, before: Slo | None) -> int:
    """Wordings are counted: spelling counts too, as nothing tells the two apart."""
    if before is None:
        return 1
    same = (before.title, before.statement) == (entry.title, entry.statement)
    return before.version if same else before.version + 1
