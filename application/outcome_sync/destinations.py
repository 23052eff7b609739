"""Where in the LMS the outcomes of a course go."""

from collections.abc import Iterable
from dataclasses import dataclass

from application.errors import Forbidden
from application.org_tree import pairing_of
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer, own_orgs
from domain.ids import LmsAccountRef, OrgId
from domain.lms_site import LmsSite, OrgPairing
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.rostering import Course, Org


@dataclass(frozen=True, slots=True)
class Destination:
    """`place` None: nothing is paired. `name` is empty until the LMS told it."""

    place: OutcomePlace | None
    name: str


NOWHERE = Destination(None, "")


@dataclass(frozen=True, slots=True)
class Destinations:
    """The chosen account for all courses, else what their orgs are paired with."""

    site: LmsSite
    chosen: LmsAccountRef | None
    orgs: dict[OrgId, Org]
    pairings: dict[OrgId, OrgPairing]

    def of(self, course: Course) -> Destination:
        """The nearest pairing on the way up from the course's org, else the site's account."""
        if self.chosen:
            return self._account(self.chosen)
        pairing = pairing_of(course.org_id, self.orgs, self.pairings)
        if pairing is not None:
            return self._account(pairing.account_ref)
        ref = LmsAccountRef(self.site.account_ref)
        return self._account(ref) if ref else NOWHERE

    def _account(self, ref: LmsAccountRef) -> Destination:
        names = {one.account_ref: one.account_name for one in self.pairings.values()}
        return Destination(OutcomePlace(PlaceKind.ACCOUNT, ref), names.get(ref, ""))


def destinations(
    unit: UnitOfWork,
    viewer: Viewer,
    site: LmsSite,
    courses: Iterable[Course],
    chosen: LmsAccountRef | None,
) -> Destinations:
    """Where these courses go.

    Raises:
        Forbidden: somebody who is no steward chose an account that is neither paired with an
            org of theirs nor where one of the courses goes anyway.
    """
    orgs = {org.id: org for org in unit.roster.orgs()}
    found = Destinations(site, chosen, orgs, unit.pairings.orgs(site.id))
    if chosen and not viewer.sees_all:
        _refuse_foreign(unit, viewer, found, courses)
    return found


def offered(unit: UnitOfWork, viewer: Viewer, site: LmsSite) -> list[OrgPairing]:
    """The paired accounts among which the viewer may choose, each once, by name."""
    own = own_orgs(unit, viewer)
    pairings = [one for one in unit.pairings.orgs(site.id).values() if one.org_id in own]
    by_ref = {one.account_ref: one for one in pairings}
    return sorted(by_ref.values(), key=lambda one: (one.account_name, one.account_ref))


def _refuse_foreign(
    unit: UnitOfWork, viewer: Viewer, found: Destinations, courses: Iterable[Course]
) -> None:
    unchosen = Destinations(found.site, None, found.orgs, found.pairings)
    usual = {place.ref for course in courses if (place := unchosen.of(course).place)}
    own = {one.account_ref for one in offered(unit, viewer, found.site)}
    if found.chosen not in usual | own:
        raise Forbidden("Choose a Canvas account that is paired with an org of yours.")
