"""Assessments as the import file has them: codes instead of ids."""

from dataclasses import dataclass

from application.assessment_entries import AssessmentEntry, CriterionEntry, LevelEntry
from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.assessment import Assessment, AssessmentKind
from domain.ids import OrgId, ScaleId, SloId
from domain.rubric import Criterion


@dataclass(frozen=True, slots=True)
class AssessmentExport:
    units: UnitOfWorkFactory

    def __call__(self, code: str | None = None) -> list[AssessmentEntry]:
        """All of them by name, or the one with this code. Raises NotFound."""
        with self.units(write=False) as unit:
            found = [one for one in unit.assessments.all() if code in {None, one.code}]
            if code is not None and not found:
                raise NotFound(f"Assessment {code}")
            codes = _Codes.of(unit)
        return [codes.entry(one) for one in found]


@dataclass(frozen=True, slots=True)
class _Codes:
    scales: dict[ScaleId, str]
    slos: dict[SloId, str]
    orgs: dict[OrgId, str]

    @classmethod
    def of(cls, unit: UnitOfWork) -> "_Codes":
        return cls(
            {scale.id: scale.code for scale in unit.outcomes.scales()},
            {slo.id: slo.code for slo in unit.outcomes.slos()},
            {org.id: org.code for org in unit.roster.orgs()},
        )

    def entry(self, one: Assessment) -> AssessmentEntry:
        student = one.kind is AssessmentKind.STUDENT
        rows = one.rubric.criteria
        return AssessmentEntry(
            path="",
            code=one.code,
            name=one.name,
            description=one.description,
            kind=one.kind,
            purpose=one.purpose,
            scale=self.scales[one.scale_id],
            points_possible=one.points_possible,
            reflection=one.reflection,
            org=self.orgs[one.org_id] if one.org_id else None,
            library=one.in_library,
            slos=() if student else tuple(self.slos[slo] for row in rows for slo in row.slo_ids),
            criteria=tuple(self._criterion(row) for row in rows) if student else (),
            sections=(),
            guide=one.guide,
        )

    def _criterion(self, row: Criterion) -> CriterionEntry:
        return CriterionEntry(
            "",
            row.code,
            row.title,
            row.description,
            row.weight,
            tuple(self.slos[slo_id] for slo_id in row.slo_ids),
            tuple(
                LevelEntry(level.points, level.label, level.descriptor, level.mastery.code)
                for level in row.levels
            ),
            row.part,
        )
