"""SLOs of a file, compared with what is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from application.import_report import ImportLine, ImportProblem, LineState
from application.ports.runtime import NewId
from application.ports.unit_of_work import UnitOfWork
from application.slos.book import SloChange
from application.slos.entries import SloEntry
from application.slos.keeper import Keeper
from domain.foreign import ForeignRecord
from domain.ids import CourseId, OrgId, SloId
from domain.scale import AssessmentScale
from domain.score import plain
from domain.slo import Edit, PerformanceDescriptor, Slo, SloKind, SloState

_FIELDS = ("code", "kind", "course_id", "org_id", "title", "statement", "state", "descriptors")
_NO_SCALE = "there is none yet, so make it first, or leave the descriptors out"


@dataclass(frozen=True, slots=True)
class PlannedSlo:
    """One entry with the SLO that it makes or changes."""

    entry: SloEntry
    change: SloChange

    @property
    def line(self) -> ImportLine:
        before, after = self.change.before, self.change.after
        what = (self.entry.path, after.code, *after.wording)
        if before is None:
            return ImportLine(*what, LineState.ADDED)
        changed = tuple(
            name.removesuffix("_id")
            for name in _FIELDS
            if getattr(before, name) != getattr(after, name)
        )
        if before.wording == after.wording:
            return ImportLine(*what, LineState.CHANGED if changed else LineState.SAME, changed)
        reworded = before.version != after.version
        state = LineState.WORDING if reworded else LineState.CORRECTION
        return ImportLine(*what, state, changed, before.wording)

    def foreign(self) -> Iterator[ForeignRecord]:
        mark = self.entry.foreign
        if mark is not None:
            yield ForeignRecord(
                mark.standard, mark.framework, mark.identifier, self.change.after.id, mark.body
            )


class SloImport:
    """Plans entry by entry; what is wrong goes to `problems`."""

    def __init__(
        self, unit: UnitOfWork, new_id: NewId, scales: Mapping[str, AssessmentScale],
        keeper: Keeper, edit: Edit,
    ) -> None:  # fmt: skip
        self.problems: list[ImportProblem] = []
        self._unknown_scales: set[str] = set()
        self._new_id = new_id
        self._scales = scales
        self._keeper = keeper
        self._edit = edit
        self._courses = {course.code: course.id for course in unit.roster.courses()}
        self._orgs = {org.code: org.id for org in unit.roster.orgs()}
        stored = unit.outcomes.slos()
        self._by_id = {slo.id: slo for slo in stored}
        self.by_code = {slo.code: slo for slo in stored}
        self._foreign = _Foreign(unit)
        self._meant_already: set[SloId] = set()
        self._mapped = {
            one for mapping in unit.curriculum.mappings()
            for one in (mapping.lower_id, mapping.higher_id)
        }  # fmt: skip
        self.known = {str(slo.id) for slo in stored}

    def planned(self, entries: tuple[SloEntry, ...]) -> list[PlannedSlo]:
        return [planned for entry in entries for planned in self._planned(entry)]

    def _planned(self, entry: SloEntry) -> Iterator[PlannedSlo]:
        found = len(self.problems)
        before, code = self._meant(entry)
        after = self._wanted(replace(entry, code=code), before)
        kept = all(self._keeper.keeps(slo) for slo in (before, after) if slo)
        if after != before and not kept and len(self.problems) == found:
            self._problem(entry.path, "this SLO belongs to an org that you do not coordinate")
        if len(self.problems) == found:
            self._note(before, after)
            yield PlannedSlo(entry, SloChange(before, after))

    def _note(self, before: Slo | None, after: Slo) -> None:
        """What the file says of one SLO holds for its later entries."""
        if before and self.by_code.get(before.code) == before:
            del self.by_code[before.code]
        self.by_code[after.code] = self._by_id[after.id] = after
        self._meant_already.add(after.id)

    def _meant(self, entry: SloEntry) -> tuple[Slo | None, str]:
        """The stored SLO, if any, and the code that the entry gives it."""
        named = entry.slo_id or self._foreign.slo_of(entry)
        before = self._by_id.get(named) if named else None
        for code in (entry.code, *entry.alternatives):
            homonym = self.by_code.get(code)
            if homonym is None or (before and homonym.id == before.id):
                return before, code
            taken = homonym.id in self._meant_already or self._is_another(homonym, entry)
            if before is None and not taken:
                return homonym, code
        self._problem(f"{entry.path}.code", f"another SLO has the code {entry.code}")
        return before, entry.code

    def _is_another(self, homonym: Slo, entry: SloEntry) -> bool:
        """A foreign SLO with one of our codes is ours only if it says the same."""
        if entry.foreign is None:
            return False
        same_words = homonym.wording == (entry.title, entry.statement)
        return not same_words or self._foreign.claims(homonym, entry)

    def _wanted(self, entry: SloEntry, before: Slo | None) -> Slo:
        course_id, org_id = self._course(entry, before), self._org(entry, before)
        if before is None:
            return Slo(
                SloId(self._new_id()), entry.code, entry.kind, course_id, org_id, entry.title,
                entry.statement, entry.state or SloState.ACTIVE, 1,
                self._descriptors(entry, None),
            )  # fmt: skip
        if entry.kind is not before.kind and before.id in self._mapped:
            self._problem(f"{entry.path}.kind", "this SLO is mapped; its kind cannot change")
        said = before.said_as(entry.title, entry.statement, self._edit)
        return replace(
            said,
            code=entry.code,
            kind=entry.kind,
            course_id=course_id,
            org_id=org_id,
            state=entry.state or before.state,
            descriptors=self._descriptors(entry, before),
        )

    def _course(self, entry: SloEntry, before: Slo | None) -> CourseId | None:
        if entry.kind is not SloKind.COURSE and entry.course is None:
            return None
        if entry.course is None:
            if before and before.course_id:
                return before.course_id
            self._problem(f"{entry.path}.course", "a cslo names the course that owns it")
        elif entry.course not in self._courses:
            cure = "load the roster with it first"
            self._problem(f"{entry.path}.course", f"no course has the code {entry.course}; {cure}")
        return self._courses.get(entry.course or "")

    def _org(self, entry: SloEntry, before: Slo | None) -> OrgId | None:
        if entry.org is None:
            return before.org_id if before else None
        if entry.org not in self._orgs:
            self._problem(f"{entry.path}.org", f"no org has the code {entry.org}")
        return self._orgs.get(entry.org)

    def _descriptors(
        self, entry: SloEntry, before: Slo | None
    ) -> tuple[PerformanceDescriptor, ...]:
        """Those of the file, and those on former versions of scales, which files do not tell."""
        stored = before.descriptors if before else ()
        if entry.descriptors is None:
            return stored
        current = {scale.id for scale in self._scales.values()}
        former = [one for one in stored if one.scale_id not in current]
        wanted = (*former, *self._described(entry))
        return stored if set(wanted) == set(stored) else wanted

    def _described(self, entry: SloEntry) -> Iterator[PerformanceDescriptor]:
        for code, by_points in (entry.descriptors or {}).items():
            path = f"{entry.path}.descriptors.{code}"
            scale = self._scales.get(code)
            if scale is None:
                self._tell_unknown_scale(path, code)
                continue
            offered = {level.points for level in scale.levels}
            for points, text in sorted(by_points.items()):
                if points not in offered:
                    self._problem(f"{path}.{plain(points)}", "the scale has no such score level")
                yield PerformanceDescriptor(scale.id, points, text)

    def _tell_unknown_scale(self, path: str, code: str) -> None:
        """Once: it is the heading of a column, or stands in every SLO of the file."""
        if code not in self._unknown_scales:
            there = f"there are: {', '.join(sorted(self._scales))}" if self._scales else _NO_SCALE
            self._problem(path, f"no scale has the code {code}; {there}")
        self._unknown_scales.add(code)

    def _problem(self, path: str, cause: str) -> None:
        self.problems.append(ImportProblem(path, cause))


class _Foreign:
    """Which SLO stands for which foreign identifier."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._known: dict[str, dict[tuple[str, str], SloId]] = {}

    def slo_of(self, entry: SloEntry) -> SloId | None:
        mark = entry.foreign
        if mark is None:
            return None
        return self._of(entry).get((mark.framework, mark.identifier))

    def claims(self, slo: Slo, entry: SloEntry) -> bool:
        """The file's system knows the SLO under another identifier."""
        return entry.foreign is not None and slo.id in self._of(entry).values()

    def _of(self, entry: SloEntry) -> dict[tuple[str, str], SloId]:
        if entry.foreign is None:
            return {}
        standard = entry.foreign.standard
        if standard not in self._known:
            self._known[standard] = {
                (one.framework, one.identifier): one.slo_id
                for one in self._unit.curriculum.foreign(standard)
                if one.slo_id
            }
        return self._known[standard]
