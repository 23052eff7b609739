"""What a synchronisation of outcomes would do, before anything is sent."""

from dataclasses import dataclass
from functools import partial

from application.errors import Forbidden, LmsError, NotFound
from application.outcome_sync.destinations import destinations
from application.outcome_sync.place_agents import PlaceAgents
from application.outcome_sync.plan import (
    STOPPING,
    Hindrance,
    OutcomesPlan,
    PlannedPlace,
    hindrances_at,
)
from application.outcome_sync.scope import SyncScope, WorkScope, courses_of
from application.outcome_sync.wishes import OutcomeWishes
from application.outcome_sync.wishing import wishes_of_courses, wishes_of_work
from application.ports.lms import LmsGateway
from application.ports.runtime import Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.refusals import why_unread
from application.side_by_side import side_by_side
from application.viewers import Viewer
from application.workplace import taught
from domain.access import Role
from domain.ids import LmsAccountRef, OrgId, PersonId, SectionAssessmentId, SiteId
from domain.lms_site import LmsSite
from domain.outcomes.found import Found, OutcomePlace, PlaceKind

_AT_ONCE = 4
"""Places read at a time; the adapter lets its own calls through as the LMS bears them."""


@dataclass(frozen=True, slots=True)
class PlanOutcomesCommand:
    """`actor` None: the command line. `destination` None: where the orgs are paired.

    `most_places`: where more than so many would have to be read, none is, and the plan stands
    on our own records; None reads them all.
    """

    actor: PersonId | None
    role: Role | None
    scope: SyncScope
    site_id: SiteId
    destination: LmsAccountRef | None = None
    most_places: int | None = None
    only_org: OrgId | None = None
    """Of a token that is for one org."""

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.actor, self.role, only_org=self.only_org)

    @property
    def acts_as(self) -> PersonId | None:
        """F25 goes by the person's own authorisation, F24 by that of the account."""
        return self.actor if isinstance(self.scope, WorkScope) else None

    @property
    def work_id(self) -> SectionAssessmentId | None:
        return self.scope.work_id if isinstance(self.scope, WorkScope) else None


@dataclass(frozen=True, slots=True)
class PlanOutcomes:
    units: UnitOfWorkFactory
    transact: Transact
    agents: PlaceAgents

    async def __call__(self, command: PlanOutcomesCommand) -> OutcomesPlan:
        """Where the LMS cannot be asked, the place says so and stands on our own records.

        Raises:
            NotFound: no such site, course or work, or not for this person.
            Forbidden: the role has no part in this, or the destination is not for it.
            Invalid: no scale is there yet.
        """
        site, bundles = await self.transact(lambda: self._wished(command))
        most = command.most_places
        if most is not None and len(bundles) > most:
            return OutcomesPlan(site, command.work_id, tuple(map(_not_asked, bundles)))
        reading = partial(self._planned, site.id, command.acts_as)
        planned = await side_by_side([partial(reading, one) for one in bundles], limit=_AT_ONCE)
        planned.sort(key=lambda one: (one.name, str(one.place)))
        return OutcomesPlan(site, command.work_id, tuple(planned))

    def _wished(self, command: PlanOutcomesCommand) -> tuple[LmsSite, list[OutcomeWishes]]:
        with self.units(write=False) as unit:
            site = unit.sites.get(command.site_id)
            if not site.active:
                raise NotFound("This Canvas site")
            if isinstance(command.scope, WorkScope):
                return site, [_of_work(unit, command, command.scope)]
            courses = courses_of(unit, command.viewer, command.scope)
            where = destinations(unit, command.viewer, site, courses, command.destination)
            return site, wishes_of_courses(unit, courses, where)

    async def _planned(
        self, site_id: SiteId, acts_as: PersonId | None, wishes: OutcomeWishes
    ) -> PlannedPlace:
        place, name = wishes.destination.place, wishes.destination.name
        if place is None:
            return _nowhere(wishes)
        try:
            read = partial(_read, place, name)
            reading = await self.agents.work_at(site_id, place, acts_as, read)
        except LmsError as error:
            return _unread(wishes, place, why_unread(error))
        lines = wishes.planned(reading.found)
        hindrances = hindrances_at(
            reading.name, lines, reading.found, includes_kept=reading.includes_kept
        )
        return PlannedPlace(place, reading.name, lines, "", tuple(hindrances))


@dataclass(frozen=True, slots=True)
class _Reading:
    name: str
    found: Found
    includes_kept: bool


async def _read(place: OutcomePlace, name: str, gateway: LmsGateway) -> _Reading:
    found = await gateway.outcomes_at(place)
    if not name and place.kind is PlaceKind.ACCOUNT:
        name = (await gateway.unit(LmsAccountRef(place.ref))).name
    return _Reading(name or place.ref, found, await gateway.includes_are_kept())


def _nowhere(wishes: OutcomeWishes) -> PlannedPlace:
    lines = tuple(line.blocked("no-destination") for line in wishes.unread())
    return PlannedPlace(None, "", lines, "", ())


def _not_asked(wishes: OutcomeWishes) -> PlannedPlace:
    place = wishes.destination.place
    return _unread(wishes, place, "not-asked") if place else _nowhere(wishes)


def _unread(wishes: OutcomeWishes, place: OutcomePlace, reason: str) -> PlannedPlace:
    name = wishes.destination.name or place.ref
    stops = (Hindrance(reason, stops=True, details=(name,)),) if reason in STOPPING else ()
    return PlannedPlace(place, name, wishes.unread(), reason, stops)


def _of_work(unit: UnitOfWork, command: PlanOutcomesCommand, scope: WorkScope) -> OutcomeWishes:
    if command.actor is None:
        raise Forbidden("Say for whom (--as): a Canvas course is written to by its teacher.")
    workplace = taught(unit, command.actor, scope.work_id)
    pairing = unit.pairings.section(workplace.section.id, command.actor)
    paired = pairing is not None and pairing.course_ref == scope.course_ref
    name = pairing.course_name if pairing and paired else workplace.section.title
    return wishes_of_work(unit, workplace, scope.site_id, scope.course_ref, name)
