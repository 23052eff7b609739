"""What readers of foreign files must know of the college, and what a person tells beside."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.queries.rosters.registers import OutcomeRegister
from domain.ids import SloId
from domain.scale import AssessmentScale
from domain.slo import Slo, SloKind


@dataclass(frozen=True, slots=True)
class Owner:
    """The course or org, by code, of SLOs whose file does not say it; both may be empty."""

    course: str = ""
    org: str = ""

    @property
    def kind(self) -> SloKind:
        if self.course:
            return SloKind.COURSE
        return SloKind.PROGRAM if self.org else SloKind.INSTITUTION


NO_OWNER = Owner()


@dataclass(frozen=True, slots=True)
class Known:
    """`courses` and `orgs` give the code of an id."""

    slos: Mapping[SloId, Slo]
    courses: Mapping[str, str]
    orgs: Mapping[str, str]
    scales: tuple[AssessmentScale, ...]
    """The newest version of each, the default first."""
    owner: Owner = NO_OWNER

    @property
    def default_scale(self) -> AssessmentScale | None:
        return next(iter(self.scales), None)

    def course_titled(self, title: str) -> str | None:
        """The code with which a folder is named after a course; the longest that fits."""
        fitting = [
            code for code in self.courses.values() if title == code or title.startswith(f"{code} ")
        ]
        return max(fitting, key=len, default=None)


def known_of(register: OutcomeRegister, owner: Owner) -> Known:
    newest = {one.code: one for one in sorted(register.scales, key=lambda one: one.version)}
    return Known(
        {slo.id: slo for slo in register.slos},
        register.courses,
        register.orgs,
        tuple(sorted(newest.values(), key=lambda one: not one.is_default)),
        owner,
    )
