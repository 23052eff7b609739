"""What a unit of work wrote that results are made of; counted again before it commits."""

from dataclasses import dataclass, field

from domain.ids import AssessmentId, SectionAssessmentId, SectionId


@dataclass(slots=True)
class Touched:
    works: set[SectionAssessmentId] = field(default_factory=set)
    assessments: set[AssessmentId] = field(default_factory=set)
    """Their purpose may be another one now."""
    sections: set[SectionId] = field(default_factory=set)
    """They may stand in another term now."""

    def __bool__(self) -> bool:
        return bool(self.works or self.assessments or self.sections)

    def clear(self) -> None:
        self.works.clear()
        self.assessments.clear()
        self.sections.clear()
