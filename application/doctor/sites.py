"""A Canvas site as our own records show it, before anybody asks Canvas."""

from collections.abc import Iterator

from application.doctor.findings import Finding, bad, good, note
from application.org_tree import pairing_of
from application.ports.unit_of_work import UnitOfWork
from application.refusals import sentence
from application.use_cases.lms.pair_orgs import courses_by_org
from domain.lms_site import AuthorisationState, LmsSite

_SHOWN = 5


def site_records(unit: UnitOfWork, site: LmsSite) -> Iterator[Finding]:
    """Who authorised, what was severed, where the orgs lead."""
    given = unit.sites.authorisations(site.id)
    active = sum(one.state is AuthorisationState.ACTIVE for one in given)
    yield good(f"canvas {site.name}", f"{site.url}, authorised: {active}")
    yield from _severed(unit, site)
    yield _pairing(unit, site)
    yield good(
        f"canvas {site.name} calculation",
        "the calculation method is sent with every outcome, so defaults in Canvas play no part",
    )


def listed_sites(unit: UnitOfWork, name: str | None) -> list[LmsSite]:
    return [site for site in unit.sites.sites() if name in {None, site.name}]


def without_sites(name: str | None) -> Finding:
    cure = "run `attain canvas configure`; launches and scoring work without"
    if name is None:
        return note("canvas", "no site is configured", cure)
    return bad("canvas", f"no site is named {name}", cure)


def switched_off(site: LmsSite) -> Finding:
    cure = "switch it on under System Settings > Integrations > Canvas when it shall be used"
    return note(f"canvas {site.name}", f"{site.url}, switched off", cure)


def _severed(unit: UnitOfWork, site: LmsSite) -> Iterator[Finding]:
    for held in unit.pairings.accounts(site.id):
        if not held.holds:
            says = f"one was severed {held.checked_at:%Y-%m-%d %H:%M} UTC ({held.lost_reason})"
            name = f"canvas {site.name} severed authorization"
            yield note(name, says, sentence(held.lost_reason))


def _pairing(unit: UnitOfWork, site: LmsSite) -> Finding:
    """Orgs with courses that lead to no account of their own."""
    name = f"canvas {site.name} org pairing"
    orgs = {org.id: org for org in unit.roster.orgs()}
    pairings = unit.pairings.orgs(site.id)
    owning = [orgs[org_id] for org_id in courses_by_org(unit) if org_id in orgs]
    loose = sorted(org.code for org in owning if not pairing_of(org.id, orgs, pairings))
    if not loose:
        return good(name, f"all {len(owning)} orgs with courses have an account")
    shown = ", ".join(loose[:_SHOWN]) + (" ..." if len(loose) > _SHOWN else "")
    ref = site.account_ref
    where = f"go to account {ref} itself" if ref else "have nowhere to go"
    says = f"outcomes of {len(loose)} unpaired orgs {where}: {shown}"
    cure = "pair them under System Settings > Integrations > Canvas > Accounts and orgs"
    return note(name, says, cure)
