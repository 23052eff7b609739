"""A small college whose SLOs are kept: English and its program, a science department."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.use_cases.slos.keep_slos import NewSlo, NewSloCommand
from application.viewers import Viewer
from domain.access import Role
from domain.ids import OrgId, PersonId, SloId
from domain.scale import AssessmentScale
from domain.slo import Slo, SloKind
from domain.slo_version import SloVersion
from tests import builders
from tests.stand_ins import CountedIds, FixedClock

ENGLISH = OrgId("org-english")
SPRING = builders.a_term("spring", starts_on=date(2027, 1, 20), ends_on=date(2027, 6, 1))
STEWARD = Viewer(None, None)
CORA = Viewer(PersonId("person-cora"), Role.COORDINATOR)
"""Coordinates English."""


@dataclass
class Keeping:
    units: MemoryUnits
    clock: FixedClock = field(default_factory=FixedClock)
    new_id: CountedIds = field(default_factory=CountedIds)

    def __post_init__(self) -> None:
        college = builders.an_org("college", kind="institution")
        english = builders.an_org("english", parent_id=college.id)
        science = builders.an_org("science", parent_id=college.id)
        chemistry = builders.a_course("chem1", org_id=science.id)
        with self.units() as unit:
            unit.roster.put_orgs([college, english, science])
            unit.roster.put_courses([builders.a_course(), chemistry])
            unit.roster.put_terms([builders.a_term(), SPRING])
            unit.roster.put_people([builders.a_person("cora")])
            unit.roster.grant(
                builders.a_role_grant("cora", role=Role.COORDINATOR, org_id=english.id)
            )
            unit.outcomes.put_scales([builders.a_scale()])
            levels = builders.a_scale().mastery_levels
            unit.curriculum.put_mastery_levels(levels)
            unit.commit()
        self.new = NewSlo(self.units, self.clock, self.new_id)

    def made(self, code: str, kind: SloKind = SloKind.COURSE, **changes: Any) -> SloId:
        owner = (
            {"course": "ENGL101", "org": ""}
            if kind is SloKind.COURSE
            else {"course": "", "org": "ENGL"}
        )
        given: dict[str, Any] = {
            **owner,
            "title": f"Title of {code}",
            "statement": f"Can do {code}.",
            **changes,
        }
        return self.new(NewSloCommand(STEWARD, kind, code, **given))

    def slo(self, slo_id: SloId) -> Slo:
        with self.units(write=False) as unit:
            return unit.outcomes.slos_by_id([slo_id])[slo_id]

    def versions(self, slo_id: SloId) -> list[SloVersion]:
        with self.units(write=False) as unit:
            return unit.curriculum.versions([slo_id])[slo_id]

    def scales(self) -> list[AssessmentScale]:
        with self.units(write=False) as unit:
            return unit.outcomes.scales()

    def use(self, scale: AssessmentScale) -> None:
        with self.units() as unit:
            unit.assessments.save(builders.an_assessment(scale.code, scale_id=scale.id))
            unit.commit()

    def deeds(self) -> list[str]:
        with self.units(write=False) as unit:
            return [entry.verb for entry in unit.audit.entries()]
