"""Pair orgs with the sub-accounts of the LMS where the outcomes of their courses go."""

from collections.abc import Iterable
from dataclasses import dataclass

from application.account_tree import AccountTree, TreeAccount
from application.errors import Invalid, NotFound
from application.org_tree import drawn_orgs, pairing_of
from application.ports.runtime import Clock, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.lms.read_accounts import ReadAccounts
from domain.audit import Deed
from domain.ids import LmsAccountRef, OrgId, PersonId
from domain.lms_site import LmsSite, OrgPairing
from domain.rostering import Org


@dataclass(frozen=True, slots=True)
class OrgLine:
    """`pairing` is its own or that of an org above it, which `inherited_from` then names."""

    org_id: OrgId
    code: str
    name: str
    depth: int
    pairing: OrgPairing | None
    inherited_from: str
    suggestion: TreeAccount | None
    """Where the org has no pairing of its own and one account fits it."""
    courses: int
    """Active courses that belong to the org itself."""

    @property
    def own(self) -> OrgPairing | None:
        return None if self.inherited_from else self.pairing


@dataclass(frozen=True, slots=True)
class OrgList:
    site: LmsSite
    tree: AccountTree
    lines: tuple[OrgLine, ...]

    @property
    def suggested(self) -> tuple[OrgLine, ...]:
        return tuple(line for line in self.lines if line.suggestion)


@dataclass(frozen=True, slots=True)
class PairOrgCommand:
    """`org` is a code or the roster's id; `account` its number or SIS id; empty unpairs."""

    actor: str
    site_name: str
    org: str
    account: str
    person_id: PersonId | None = None
    """Who looks, for reading the accounts; None at the command line."""


@dataclass(frozen=True, slots=True)
class ListOrgPairings:
    """All orgs of the college as a tree, beside the accounts of a site."""

    units: UnitOfWorkFactory
    transact: Transact
    read_accounts: ReadAccounts

    async def __call__(self, site_name: str, person_id: PersonId | None) -> OrgList:
        """Raises: NotFound for an unknown site."""
        site = await self.transact(lambda: self._site(site_name))
        tree = await self.read_accounts(site, person_id)
        return await self.transact(lambda: self._listed(site, tree))

    def _site(self, name: str) -> LmsSite:
        with self.units(write=False) as unit:
            return site_named(unit, name)

    def _listed(self, site: LmsSite, tree: AccountTree) -> OrgList:
        with self.units(write=False) as unit:
            pairings = unit.pairings.orgs(site.id)
            orgs = {org.id: org for org in unit.roster.orgs()}
            counts = courses_by_org(unit)
        lines = []
        for drawn in drawn_orgs(orgs.values()):
            org = drawn.org
            found = pairing_of(org.id, orgs, pairings)
            inherited = found is not None and found.org_id != org.id
            lines.append(
                OrgLine(
                    org.id,
                    org.code,
                    org.name,
                    drawn.depth,
                    found,
                    orgs[found.org_id].name if found and inherited else "",
                    None if org.id in pairings else suggested_for(org, tree.accounts),
                    counts.get(org.id, 0),
                )
            )
        return OrgList(site, tree, tuple(lines))


@dataclass(frozen=True, slots=True)
class PairOrg:
    """Pair one org, or unpair it; below it the pairing is inherited."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    read_accounts: ReadAccounts

    async def __call__(self, command: PairOrgCommand) -> OrgPairing | None:
        """The pairing as stored; None when it was taken away.

        Where the LMS cannot be asked, the number is taken as given.

        Raises:
            NotFound: unknown site. Invalid: unknown org, or an account that is not there.
        """
        site, org = await self.transact(lambda: self._meant(command))
        if not command.account.strip():
            await self.transact(lambda: self._unpair(command, site, org))
            return None
        tree = await self.read_accounts(site, command.person_id)
        account = chosen_account(tree, command.account.strip())
        pairing = OrgPairing(
            org.id, site.id, account.ref, account.name, command.actor, self.clock.now()
        )
        await self.transact(lambda: _store(self.units, [pairing]))
        return pairing

    def _meant(self, command: PairOrgCommand) -> tuple[LmsSite, Org]:
        with self.units(write=False) as unit:
            return site_named(unit, command.site_name), _org_named(unit, command.org)

    def _unpair(self, command: PairOrgCommand, site: LmsSite, org: Org) -> None:
        with self.units() as unit:
            if org.id in unit.pairings.orgs(site.id):
                unit.pairings.unpair_org(site.id, org.id)
                subject = f"org:{org.id}"
                now = self.clock.now()
                unit.audit.record(Deed(command.actor, "unpaired", subject, str(site.id), now))
            unit.commit()


@dataclass(frozen=True, slots=True)
class AcceptSuggestions:
    """Pair every org that one account fits and that has no pairing of its own."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    list_org_pairings: ListOrgPairings

    async def __call__(self, actor: str, site_name: str, person_id: PersonId | None) -> int:
        """How many were paired."""
        listed = await self.list_org_pairings(site_name, person_id)
        now = self.clock.now()
        pairings = [
            OrgPairing(line.org_id, listed.site.id, fit.ref, fit.name, actor, now)
            for line in listed.lines
            if (fit := line.suggestion) is not None
        ]
        await self.transact(lambda: _store(self.units, pairings))
        return len(pairings)


def suggested_for(org: Org, accounts: Iterable[TreeAccount]) -> TreeAccount | None:
    """The one account that fits: by SIS id, else by name; several fit nobody."""
    listed = list(accounts)
    ids = {org.source_id, org.code} - {""}
    by_sis = [one for one in listed if one.sis_id in ids]
    by_name = [one for one in listed if _loose(one.name) == _loose(org.name)]
    fitting = by_sis or by_name
    return fitting[0] if len(fitting) == 1 else None


def chosen_account(tree: AccountTree, wanted: str) -> TreeAccount:
    """Raises: Invalid when the LMS was asked and does not show the account."""
    if tree.unread:
        return TreeAccount(LmsAccountRef(wanted), "", None, 0)
    for account in tree.accounts:
        if wanted in {account.ref, account.sis_id}:
            return account
    raise Invalid("account", f"no account {wanted} among those you administer. Choose another one.")


def courses_by_org(unit: UnitOfWork) -> dict[OrgId, int]:
    counts: dict[OrgId, int] = {}
    for course in unit.roster.courses():
        if course.active:
            counts[course.org_id] = counts.get(course.org_id, 0) + 1
    return counts


def site_named(unit: UnitOfWork, name: str) -> LmsSite:
    """Raises NotFound."""
    site = unit.sites.named(name.strip().lower())
    if site is None:
        raise NotFound(f"The Canvas site {name}")
    return site


def _org_named(unit: UnitOfWork, name: str) -> Org:
    wanted = name.strip()
    fitting = [o for o in unit.roster.orgs() if o.active and wanted in {o.code, o.source_id, o.id}]
    if len(fitting) != 1:
        raise Invalid("org", "give the code or source id of exactly one active org.")
    return fitting[0]


def _store(units: UnitOfWorkFactory, pairings: Iterable[OrgPairing]) -> None:
    with units() as unit:
        for one in pairings:
            unit.pairings.pair_org(one)
            details = f"{one.site_id} account {one.account_ref}"
            unit.audit.record(
                Deed(one.paired_by, "paired", f"org:{one.org_id}", details, one.paired_at)
            )
        unit.commit()


def _loose(name: str) -> str:
    return " ".join(name.split()).casefold()
