"""From the codes of an assessment file to a rubric with ids."""

from collections.abc import Iterable
from itertools import pairwise

from application.assessment_entries import AssessmentEntry, CriterionEntry, LevelEntry
from application.ports.repositories import OutcomeRepository
from application.ports.runtime import NewId
from domain.assessment import Assessment, AssessmentKind
from domain.ids import RowId
from domain.rubric import Criterion, CriterionLevel, Rubric, outcomes_rubric, slo_row
from domain.scale import AssessmentScale, MasteryLevel
from domain.slo import Slo, SloState


class EntryProblem(Exception):
    """An entry that cannot be built: its place in the file, and the cause with its cure."""

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(f"{path}: {cause}")
        self.path = path
        self.cause = cause


class RubricBuilder:
    """Looks up scales and SLOs once for a whole file."""

    def __init__(self, outcomes: OutcomeRepository, new_id: NewId) -> None:
        self._new_id = new_id
        by_version = sorted(outcomes.scales(), key=lambda scale: scale.version)
        self._scales = {scale.code: scale for scale in by_version}
        self._slos = {slo.code: slo for slo in outcomes.slos() if slo.state is not SloState.RETIRED}

    def scale(self, entry: AssessmentEntry) -> AssessmentScale:
        """The newest version of the scale. Raises EntryProblem."""
        if entry.scale not in self._scales:
            known = ", ".join(self._scales) or "none yet"
            cause = f"no scale has the code {entry.scale}; there are: {known}"
            raise EntryProblem(f"{entry.path}.scale", cause)
        return self._scales[entry.scale]

    def rubric(
        self, entry: AssessmentEntry, scale: AssessmentScale, before: Assessment | None
    ) -> Rubric:
        """The rubric; a criterion known by its code keeps its id. Raises EntryProblem."""
        if entry.kind is not AssessmentKind.STUDENT:
            if not entry.slos:
                raise EntryProblem(f"{entry.path}.slos", "name at least one SLO")
            return outcomes_rubric(self._known(entry.slos, f"{entry.path}.slos"), scale)
        if not entry.criteria:
            raise EntryProblem(f"{entry.path}.criteria", "write at least one criterion")
        ids = {row.code: row.id for row in before.rubric.criteria} if before else {}
        rows = tuple(self._criterion(criterion, scale, ids) for criterion in entry.criteria)
        mapped = dict.fromkeys(slo for row in rows for slo in row.slo_ids)
        by_id = {slo.id: slo for slo in self._slos.values()}
        return Rubric(rows, tuple(slo_row(by_id[slo_id], scale) for slo_id in mapped))

    def _known(self, codes: Iterable[str], path: str) -> list[Slo]:
        wanted = list(codes)
        for code in wanted:
            if code not in self._slos:
                raise EntryProblem(path, f"no SLO in use has the code {code}; import it first")
        return [self._slos[code] for code in wanted]

    def _criterion(
        self, entry: CriterionEntry, scale: AssessmentScale, ids: dict[str, RowId]
    ) -> Criterion:
        for lower, upper in pairwise(entry.levels):
            if lower.points >= upper.points:
                raise EntryProblem(f"{entry.path}.levels", "points rise from level to level")
        slos = self._known(entry.slos, f"{entry.path}.slos")
        return Criterion(
            ids.get(entry.code) or RowId(self._new_id()),
            entry.code,
            entry.title,
            entry.description,
            _own_levels(entry, scale) if entry.levels else _scale_levels(scale),
            entry.weight,
            tuple(slo.id for slo in slos),
            entry.part,
        )


def _own_levels(entry: CriterionEntry, scale: AssessmentScale) -> tuple[CriterionLevel, ...]:
    by_code = {level.mastery.code: level.mastery for level in scale.levels}
    return tuple(
        CriterionLevel(
            level.points, level.label, level.descriptor, _mastery(entry, level, scale, by_code)
        )
        for level in entry.levels
    )


def _mastery(
    entry: CriterionEntry,
    level: LevelEntry,
    scale: AssessmentScale,
    by_code: dict[str, MasteryLevel],
) -> MasteryLevel:
    """The named level, else what the scale says at the same share of its highest points."""
    if level.mastery is None:
        highest = entry.levels[-1].points
        share = level.points / highest if highest else level.points
        return scale.mastery_of(share * scale.highest)
    if level.mastery not in by_code:
        known = ", ".join(by_code)
        cause = f"mastery {level.mastery} is not one of this scale: {known}"
        raise EntryProblem(f"{entry.path}.levels", cause)
    return by_code[level.mastery]


def _scale_levels(scale: AssessmentScale) -> tuple[CriterionLevel, ...]:
    return tuple(CriterionLevel(s.points, s.label, s.descriptor, s.mastery) for s in scale.levels)
