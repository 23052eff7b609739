"""Which LMS sites a person may authorise, and whether consent stands."""

from dataclasses import dataclass
from datetime import datetime

from application.landing import site_of
from application.launch_context import LaunchContext
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.ids import PersonId, SiteId
from domain.lms_site import AuthorisationState, LmsSite
from domain.session import Session


@dataclass(frozen=True, slots=True)
class AuthorisationView:
    """`lost` says that consent was given once and the LMS takes it no more."""

    site_id: SiteId
    name: str
    url: str
    test: bool
    stands: bool
    lost: bool
    since: datetime | None


@dataclass(frozen=True, slots=True)
class AuthorisationPage:
    units: UnitOfWorkFactory

    def __call__(self, session: Session) -> list[AuthorisationView]:
        """The site of this launch; all active sites where there was no launch."""
        context = LaunchContext.from_session(session.context)
        with self.units(write=False) as unit:
            meant = site_of(unit, context)
            sites = [meant] if meant else _all_unless_launched(unit, context)
            return [_view(unit, site, session.person_id) for site in sites]

    def site_named(self, name: str) -> LmsSite | None:
        with self.units(write=False) as unit:
            site = unit.sites.named(name)
        return site if site and site.active else None


def _all_unless_launched(unit: UnitOfWork, context: LaunchContext) -> list[LmsSite]:
    if context.lms_origin:
        return []
    return [site for site in unit.sites.sites() if site.active]


def _view(unit: UnitOfWork, site: LmsSite, person_id: PersonId) -> AuthorisationView:
    held = unit.sites.authorisation(site.id, person_id)
    return AuthorisationView(
        site_id=site.id,
        name=site.name,
        url=site.url,
        test=site.test,
        stands=held is not None and held.state is AuthorisationState.ACTIVE,
        lost=held is not None and held.state is AuthorisationState.LOST,
        since=held.authorised_at if held else None,
    )
