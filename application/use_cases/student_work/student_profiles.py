"""The profile of a student for a Data Steward, where the college allows it; each look is noted."""

from dataclasses import dataclass

from application.errors import Forbidden, Invalid
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.profile_policy import PROFILES, profiles_allowed, stored_policy
from application.queries.student_work.student_profile import StudentProfile, profile_of
from domain.audit import Deed
from domain.ids import PersonId
from domain.rostering import Person

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class ReadProfilePolicy:
    units: UnitOfWorkFactory

    def __call__(self) -> bool:
        with self.units(write=False) as unit:
            return profiles_allowed(unit.settings)


@dataclass(frozen=True, slots=True)
class SetProfilePolicy:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, actor: str, *, allowed: bool) -> None:
        """The same again is no deed."""
        with self.units() as unit:
            if profiles_allowed(unit.settings) is allowed:
                return
            value = stored_policy(allowed=allowed)
            unit.settings.put(PROFILES, value)
            subject = f"setting:{PROFILES}"
            unit.audit.record(Deed(actor, "set", subject, f"to {value}", self.clock.now()))
            unit.commit()


@dataclass(frozen=True, slots=True)
class ProfileDoor:
    """Whom a profile would be of, without any result. Raises NotFound."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId) -> tuple[Person, bool]:
        """And whether the college lets it be opened."""
        with self.units(write=False) as unit:
            return unit.roster.person(person_id), profiles_allowed(unit.settings)


@dataclass(frozen=True, slots=True)
class OpenProfile:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, actor: str, person_id: PersonId, reason: str) -> StudentProfile:
        """The released results of one student over time; who looked and why is noted.

        Raises:
            NotFound: no such person. Forbidden: the college keeps profiles closed.
            Invalid: no reason is given.
        """
        said = " ".join(reason.split())
        if not said or len(said) > LONGEST_REASON:
            raise Invalid("reason", f"say why, in up to {LONGEST_REASON} characters.")
        with self.units() as unit:
            if not profiles_allowed(unit.settings):
                raise Forbidden("Your college keeps student profiles closed.")
            profile = profile_of(unit, person_id)
            deed = Deed(actor, "opened the profile of", f"person:{person_id}", said,
                        self.clock.now())  # fmt: skip
            unit.audit.record(deed)
            unit.commit()
        return profile
