"""Scales and mastery levels of a file, compared with what is stored."""

from collections.abc import Iterator

from application.import_report import ImportProblem
from application.ports.runtime import NewId
from application.ports.unit_of_work import UnitOfWork
from application.slos.entries import MasteryEntry, ScaleEntry, ScoreLevelEntry
from application.slos.scale_book import ScaleBook
from domain.errors import DomainError
from domain.scale import AssessmentScale, MasteryLevel, ScoreLevel


class ScaleImport:
    def __init__(self, unit: UnitOfWork, new_id: NewId, mastery: tuple[MasteryEntry, ...]) -> None:
        self.problems: list[ImportProblem] = []
        self._unit = unit
        self._book = ScaleBook(unit, new_id)
        self.known = {str(scale.id) for scale in self._book.stored}
        self._before = {level.code: level for level in unit.curriculum.mastery_levels()}
        self._mastery = {**self._before, **self._of_file(mastery)}

    @property
    def newest(self) -> dict[str, AssessmentScale]:
        return self._book.newest

    def changes(self, entries: tuple[ScaleEntry, ...]) -> list[AssessmentScale]:
        """What was stored; with problems the unit must not be committed."""
        wanted = [scale for entry in entries for scale in self._changed(entry)]
        changed = [one for one in self._mastery.values() if one != self._before.get(one.code)]
        self._unit.curriculum.put_mastery_levels(changed)
        return self._book.write(wanted)

    def _changed(self, entry: ScaleEntry) -> Iterator[AssessmentScale]:
        try:
            levels = tuple(self._level(level) for level in entry.levels)
            wanted = self._book.wanted(entry.code, entry.name, levels, is_default=entry.is_default)
        except KeyError as unknown:
            cause = f"mastery {unknown} is not among mastery_levels"
            self.problems.append(ImportProblem(f"{entry.path}.levels", cause))
        except DomainError as broken:
            self.problems.append(ImportProblem(entry.path, str(broken)))
        else:
            if wanted != self._book.newest.get(entry.code):
                yield wanted

    def _level(self, entry: ScoreLevelEntry) -> ScoreLevel:
        mastery = self._mastery[entry.mastery]
        return ScoreLevel(entry.points, entry.label, entry.descriptor, mastery)

    def _of_file(self, mastery: tuple[MasteryEntry, ...]) -> dict[str, MasteryLevel]:
        """In the order of the file if it names all of ours; else new ones come on top."""
        whole = set(self._before) <= {entry.code for entry in mastery}
        used = {
            level.mastery.code
            for scale in self._book.stored
            if scale.id in self._book.used
            for level in scale.levels
        }
        made: dict[str, MasteryLevel] = {}
        for position, entry in enumerate(mastery):
            before = self._before.get(entry.code)
            place = (
                position if whole else (before.position if before else len(self._before) + position)
            )
            level = MasteryLevel(entry.code, entry.name, place, entry.met)
            if before and entry.code in used and _moved(before, level):
                cause = "this mastery level is in use and keeps its place and threshold"
                path = f"mastery_levels[{position}]"
                self.problems.append(ImportProblem(path, f"{cause}; change it on the page Scales"))
            made[entry.code] = level
        return made


def _moved(before: MasteryLevel, after: MasteryLevel) -> bool:
    return (before.position, before.met) != (after.position, after.met)
