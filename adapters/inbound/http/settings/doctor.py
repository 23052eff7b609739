"""System Settings > Doctor: every precondition, asked just now, with its cure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from litestar import Response, get

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import Visit
from application.doctor.examine import Examine
from application.doctor.findings import Finding
from domain.access import Right


@dataclass(frozen=True, slots=True)
class DoctorPage:
    """Findings by heading, in their order."""

    groups: Sequence[tuple[str, Sequence[Finding]]]

    def counted(self, verdict: str) -> int:
        return sum(one.verdict == verdict for _, findings in self.groups for one in findings)


@get("/settings/doctor", right=Right.RUN_SYSTEM)
async def doctor(visit: Injected[Visit], examine: Injected[Examine]) -> Response[str]:
    findings = await examine()
    groups = [(name, list(of)) for name, of in groupby(findings, lambda one: one.group)]
    return page(visit, "settings-doctor.html", DoctorPage(groups))


ROUTES = (doctor,)
