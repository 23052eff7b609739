"""A student's signed credentials; each time the same ones, as long as the result stands."""

from collections.abc import Collection as Among
from dataclasses import dataclass
from datetime import datetime

from application.credentials import achieved, college, learner, signer
from application.errors import NotFound
from application.issuing import IssueCredentials
from application.ports.credentials import CredentialWriter
from application.ports.runtime import Clock
from application.ports.secrets import Sealer
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.released import released_results
from domain.credential import Achieved, Issuer, LearnerRecord
from domain.ids import PersonId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class CredentialLine:
    """`number` names it among the student's own."""

    number: str
    code: str
    title: str
    level: str
    assessment: str
    course: str
    term: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnCredentials:
    units: UnitOfWorkFactory
    clock: Clock
    sealer: Sealer
    writer: CredentialWriter
    base_url: str
    issue: IssueCredentials

    def __call__(self, person_id: PersonId) -> tuple[CredentialLine, ...]:
        with self.units(write=False) as unit:
            _, found = self._found(unit, person_id, None)
            return tuple(_line(one) for one in found)

    def attests(self, person_id: PersonId, works: Among[SectionAssessmentId] | None = None) -> bool:
        """Whether there is something to attest, and a key to sign it with."""
        with self.units(write=False) as unit:
            signs = any(key.active for key in unit.signing_keys.all())
            return signs and bool(self._found(unit, person_id, works)[1])

    def badge(self, person_id: PersonId, number: str) -> str:
        """One credential. Raises NotFound; Conflict without a signing key."""
        with self.units(write=False) as unit:
            issuer, found = self._found(unit, person_id, None)
            one = next((one for one in found if _number(one) == number), None)
            if one is None:
                raise NotFound("This credential")
            key = signer(unit, issuer, self.sealer)
        (issued,) = self.issue((one,))
        return self.writer.badge(issued, issuer, key)

    def badges(self, person_id: PersonId, works: Among[SectionAssessmentId]) -> dict[str, str]:
        """Every credential of these works by number. Raises Conflict without a signing key."""
        with self.units(write=False) as unit:
            issuer, found = self._found(unit, person_id, works)
            if not found:
                return {}
            key = signer(unit, issuer, self.sealer)
        return {_number(one): self.writer.badge(one, issuer, key) for one in self.issue(found)}

    def record(self, person_id: PersonId, works: Among[SectionAssessmentId] | None = None) -> str:
        """All of them, or those of some works, in one envelope.

        Raises:
            NotFound: there is nothing to attest. Conflict: there is no signing key.
        """
        now = self.clock.now()
        with self.units(write=False) as unit:
            issuer, found = self._found(unit, person_id, works)
            if not found:
                raise NotFound("A record of achievements")
            person = unit.roster.person(person_id)
            key = signer(unit, issuer, self.sealer)
        whose = learner(issuer, person)
        named = issuer.named("record", person_id, now.isoformat(), *(one.id for one in found))
        issued = self.issue(found)
        made = LearnerRecord(named, f"Learner record of {whose.name}", whose, issued, now)
        return self.writer.record(made, issuer, key)

    def _found(
        self, unit: UnitOfWork, person_id: PersonId, works: Among[SectionAssessmentId] | None
    ) -> tuple[Issuer, tuple[Achieved, ...]]:
        issuer = college(unit, self.base_url)
        results = [
            one
            for work_id, one in released_results(unit, person_id).items()
            if works is None or work_id in works
        ]
        return issuer, achieved(issuer, unit.roster.person(person_id), results)


def _number(one: Achieved) -> str:
    return one.id.removeprefix("urn:uuid:")


def _line(one: Achieved) -> CredentialLine:
    return CredentialLine(
        _number(one), one.code, one.title, one.level.label, one.assessment, one.course, one.term,
        one.at,
    )  # fmt: skip
