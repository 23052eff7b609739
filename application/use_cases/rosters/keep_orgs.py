"""Orgs and terms made and changed by hand."""

from dataclasses import dataclass, replace
from datetime import date

from application.by_hand import local_source, needed, require_empty, require_free
from application.errors import Invalid
from application.ports.people_repositories import SectionSearch
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import with_those_below
from domain.audit import Deed
from domain.ids import OrgId, TermId
from domain.rostering import Org, Term


@dataclass(frozen=True, slots=True)
class SaveOrgCommand:
    """`org_id` None makes a new one; `parent_id` None stands at the root."""

    actor: str
    org_id: OrgId | None
    code: str
    name: str
    kind: str
    parent_id: OrgId | None
    active: bool = True


@dataclass(frozen=True, slots=True)
class SaveOrg:
    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: SaveOrgCommand) -> Org:
        """A roster that lists the org writes its own values again.

        Raises:
            Invalid: a field is missing, the code taken, or the parent below the org.
            Conflict: it should end, but active orgs or courses belong to it. NotFound.
        """
        with self.units() as unit:
            before = unit.roster.org(command.org_id) if command.org_id else None
            org = self._org(command, before)
            if org != before:
                _check_org(unit, org)
                unit.roster.put_orgs([org])
                verb = "edited" if before else "made"
                unit.audit.record(
                    Deed(command.actor, verb, f"org:{org.id}", org.code, self.clock.now())
                )
                unit.commit()
        return org

    def _org(self, command: SaveOrgCommand, before: Org | None) -> Org:
        org_id = before.id if before else OrgId(self.new_id())
        return Org(
            org_id,
            before.source_id if before else local_source(org_id),
            needed("code", command.code),
            needed("name", command.name),
            needed("kind", command.kind),
            command.parent_id,
            command.active,
        )


def _check_org(unit: UnitOfWork, org: Org) -> None:
    orgs = unit.roster.orgs()
    others = [one for one in orgs if one.id != org.id and one.active]
    if org.parent_id is not None:
        unit.roster.org(org.parent_id)
        if org.parent_id in with_those_below(orgs, [org.id]):
            raise Invalid("parent", "an org cannot stand below itself.")
    if not org.active:
        require_empty(sum(one.parent_id == org.id for one in others), "orgs")
        courses = unit.roster.courses()
        require_empty(sum(one.active and one.org_id == org.id for one in courses), "courses")
        return
    require_free("code", org.code, (one.code for one in others), "org")


@dataclass(frozen=True, slots=True)
class SaveTermCommand:
    actor: str
    term_id: TermId | None
    name: str
    kind: str
    starts_on: date
    ends_on: date
    active: bool = True


@dataclass(frozen=True, slots=True)
class SaveTerm:
    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: SaveTermCommand) -> Term:
        """Raises: Invalid, Conflict (it should end, but has active sections), NotFound."""
        with self.units() as unit:
            before = unit.roster.term(command.term_id) if command.term_id else None
            term = self._term(command, before)
            if term != before:
                _check_term(unit, term)
                unit.roster.put_terms([term])
                verb = "edited" if before else "made"
                unit.audit.record(
                    Deed(command.actor, verb, f"term:{term.id}", term.name, self.clock.now())
                )
                unit.commit()
        return term

    def _term(self, command: SaveTermCommand, before: Term | None) -> Term:
        if command.ends_on < command.starts_on:
            raise Invalid("ends_on", "a term ends after it starts.")
        term_id = before.id if before else TermId(self.new_id())
        made = Term(
            term_id,
            local_source(term_id),
            needed("name", command.name),
            needed("kind", command.kind),
            command.starts_on,
            command.ends_on,
            command.active,
        )
        return replace(made, source_id=before.source_id) if before else made


def _check_term(unit: UnitOfWork, term: Term) -> None:
    if not term.active:
        require_empty(unit.directory.count_sections(SectionSearch(term_id=term.id)), "sections")
        return
    others = [one.name for one in unit.roster.terms() if one.active and one.id != term.id]
    require_free("name", term.name, others, "term")
