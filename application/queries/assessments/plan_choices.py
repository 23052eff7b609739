"""What can be chosen for a plan: terms, sections, courses and orgs, also by their names."""

from collections.abc import Iterable
from dataclasses import dataclass

from application.calendar.filters import term_named
from application.college_rules import today
from application.errors import Invalid
from application.only_one import only_one
from application.org_tree import TreeOrg, drawn_orgs
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import Viewer, kept_orgs
from domain.ids import TermId
from domain.planning import PlanTarget, TargetKind
from domain.rostering import Term, comparable_title

_SOUGHT = {
    TargetKind.SECTIONS: ("active section of the term", "title or source id"),
    TargetKind.COURSES: ("active course", "code or source id"),
    TargetKind.ORGS: ("active org", "code or source id"),
}


@dataclass(frozen=True, slots=True)
class PlanChoicesView:
    """`terms` are those that are not over, else all; `all_terms` the newest first."""

    terms: tuple[Term, ...]
    all_terms: tuple[Term, ...]
    term: Term | None
    orgs: tuple[TreeOrg, ...]


@dataclass(frozen=True, slots=True)
class PlanChoices:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, term: str = "") -> PlanChoicesView:
        """Raises: Forbidden; Invalid for a term that is not there."""
        now = self.clock.now()
        with self.units(write=False) as unit:
            terms = unit.roster.terms()
            orgs = kept_orgs(unit, viewer)
            day = today(unit.settings, now)
            tree = drawn_orgs(org for org in unit.roster.orgs() if org.id in orgs)
        coming = [one for one in terms if one.ends_on >= day]
        return PlanChoicesView(
            tuple(sorted(coming or terms, key=lambda one: one.starts_on)),
            tuple(terms),
            term_named(terms, term, day),
            tree,
        )

    def term(self, name: str) -> TermId:
        """The term with this id, source id or name; the current one without. Raises Invalid."""
        with self.units(write=False) as unit:
            day = today(unit.settings, self.clock.now())
            found = term_named(unit.roster.terms(), name, day)
        if found is None:
            raise Invalid("term", "there is no term yet; load a roster first.")
        return found.id

    def target(self, kind: TargetKind, names: Iterable[str], term_id: TermId) -> PlanTarget:
        """From titles or codes, or source ids, one each. Raises Invalid naming the first wrong."""
        wanted = [name.strip() for name in names if name.strip()]
        if not wanted:
            raise Invalid(kind, "name at least one.")
        with self.units(write=False) as unit:
            known = _known(unit, kind, term_id)
        ids = []
        for name in wanted:
            found = known.get(comparable_title(name).casefold(), [])
            ids.append(only_one(kind, name, found, *_SOUGHT[kind]))
        return PlanTarget(kind, tuple(dict.fromkeys(ids)))


def _known(unit: UnitOfWork, kind: TargetKind, term_id: TermId) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    named: list[tuple[str, tuple[str, str]]] = []
    match kind:
        case TargetKind.SECTIONS:
            named = [(s.id, (s.title, s.source_id)) for s in unit.standings.sections_of(term_id)]
        case TargetKind.COURSES:
            named = [(c.id, (c.code, c.source_id)) for c in unit.roster.courses() if c.active]
        case TargetKind.ORGS:
            named = [(o.id, (o.code, o.source_id)) for o in unit.roster.orgs() if o.active]
    for key, names in named:
        for name in {comparable_title(one).casefold() for one in names}:
            found.setdefault(name, []).append(key)
    return found
