"""A plan is carried out: records written, and what they replaced kept for taking it back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import TypeVar

from application.loading.grant_keys import key_of
from application.loading.new_enrolments import NewEnrolments
from application.loading.plan import AnyKindPlan, RosterPlan
from application.ports.progress import Progress
from application.ports.unit_of_work import UnitOfWork
from application.roles import take_effect
from application.rosters.load_runs import AnyRecord, LoadBefore, LoadDoubles, Records
from application.rosters.packed_texts import PackedTexts
from application.rosters.records import RecordKind
from domain.access import RoleGrant
from domain.identity import LocalField
from domain.ids import LoadRunId, PersonId
from domain.person_alias import PersonAlias, aliases_after
from domain.rostering import Demographic

T = TypeVar("T")
_PORTION = 10_000
STORING = "storing"


@dataclass(frozen=True, slots=True)
class Application:
    """One plan within one unit of work."""

    unit: UnitOfWork
    plan: RosterPlan
    run_id: LoadRunId
    at: datetime
    progress: Progress

    def __call__(self) -> None:
        self._put_records()
        grants = self._grant()
        self._note_aliases()
        former, described = self._describe()
        for part in self._before(grants, former, described):
            self.unit.loads.put_before([part])
        if self.plan.doubles:
            self.unit.loads.put_doubles(LoadDoubles(self.run_id, self.plan.doubles))

    def _put_records(self) -> None:
        total = sum(kind.puts for kind in self.plan.kinds)
        done = 0
        for kind in self.plan.kinds:
            for count in chain(self._add(kind), self._put(kind)):
                done += count
                self.progress(STORING, done, total)

    def _add(self, kind: AnyKindPlan) -> Iterator[int]:
        with self.unit.bulk.filling(kind.kind, len(kind.added)):
            if isinstance(kind.added, NewEnrolments):
                for fields in kind.added.portions(_PORTION):
                    self.unit.bulk.add_enrolments(fields)
                    yield len(fields)
                return
            added: Sequence[AnyRecord] = kind.added
            for portion in _portions(added):
                self.unit.bulk.add(kind.kind, portion)
                yield len(portion)

    def _put(self, kind: AnyKindPlan) -> Iterator[int]:
        after: Sequence[AnyRecord] = kind.after
        for portion in _portions(after):
            self.unit.bulk.put(kind.kind, portion)
            yield len(portion)

    def _grant(self) -> tuple[RoleGrant, ...]:
        self.unit.bulk.remove_grants(self.plan.revoked)
        new = {person.id for person in self.plan.people.added}
        pairs = [(one.person_id in new, one) for one in self.plan.grants]
        self.unit.bulk.put_grants([one for is_new, one in pairs if not is_new])
        for portion in _portions([one for is_new, one in pairs if is_new]):
            self.unit.bulk.add_grants(portion)
        sources = self.plan.grant_sources
        self.unit.bulk.remove_grant_sources(sources.before)
        self.unit.bulk.put_grant_sources(sources.after)
        for person_id in sorted({grant.person_id for grant in self.plan.revoked}):
            take_effect(self.unit, person_id, self.at)
        return self.plan.grants

    def _note_aliases(self) -> None:
        people = self.plan.people
        pairs = list(zip(people.before, people.after, strict=True))
        former = [alias for pair in pairs for alias in aliases_after(*pair, self.at)]
        further = [
            PersonAlias(who, LocalField.LOGIN, login, self.at) for who, login in self.plan.logins
        ]
        self.unit.bulk.put_aliases((*former, *further))
        forget_present_ones(self.unit, {now.id for _, now in pairs})

    def _describe(self) -> tuple[tuple[Demographic, ...], tuple[PersonId, ...]]:
        """Keep demographics as the file tells them; returns what was there, and of whom."""
        people = tuple(dict.fromkeys(one.person_id for one in self.plan.demographics))
        former = tuple(self.unit.bulk.demographics_of(people))
        self.unit.bulk.remove_demographics(former)
        self.unit.bulk.put_demographics(self.plan.demographics)
        return former, people

    def _before(
        self,
        grants: tuple[RoleGrant, ...],
        former: tuple[Demographic, ...],
        described: tuple[PersonId, ...],
    ) -> Iterator[LoadBefore]:
        for kind in self.plan.kinds:
            of_people = kind.kind is RecordKind.PEOPLE
            hangs = grants or described or self.plan.revoked or self.plan.grant_sources
            if not kind.puts and not (of_people and hangs):
                continue
            before, after = _records(kind)
            yield LoadBefore(
                self.run_id,
                kind.kind,
                before,
                after,
                _ids_of(kind.added),
                grants if of_people else (),
                former if of_people else (),
                described if of_people else (),
                self.plan.revoked if of_people else (),
                self.plan.grant_sources if of_people else None,
            )


def _ids_of(added: Sequence[AnyRecord]) -> Sequence[str]:
    """Little room is enough: they are only written down."""
    ids = added.ids if isinstance(added, NewEnrolments) else (one.id for one in added)
    return PackedTexts(ids)


def _portions(records: Sequence[T]) -> Iterator[Sequence[T]]:
    return (records[start : start + _PORTION] for start in range(0, len(records), _PORTION))


def only_fresh(unit: UnitOfWork, plan: RosterPlan) -> RosterPlan:
    """The plan without the roles, logins and attributes that are stored already."""
    here = {grant.person_id for grant in plan.grants}.difference(
        one.id for one in plan.people.added
    )
    stored_grants = unit.bulk.grants_of(here)
    held = set(map(key_of, stored_grants))
    known = {
        (alias.person_id, alias.value)
        for alias in unit.bulk.aliases_of({who for who, _ in plan.logins})
        if alias.field is LocalField.LOGIN
    }
    wanted = _by_person(plan.demographics)
    stored = _by_person(unit.bulk.demographics_of(wanted))
    changed = (who for who in wanted if wanted[who] != stored.get(who))
    return replace(
        plan,
        grants=tuple(grant for grant in plan.grants if key_of(grant) not in held),
        logins=tuple(login for login in plan.logins if login not in known),
        demographics=tuple(one for who in changed for one in wanted[who]),
    )


def _by_person(demographics: Iterable[Demographic]) -> dict[PersonId, set[Demographic]]:
    found: dict[PersonId, set[Demographic]] = {}
    for one in demographics:
        found.setdefault(one.person_id, set()).add(one)
    return found


def forget_present_ones(unit: UnitOfWork, people: Iterable[PersonId]) -> None:
    """What somebody is called now is no former name."""
    ids = list(people)
    aliases = unit.bulk.aliases_of(ids)
    if not aliases:
        return
    found = unit.roster.people({one.person_id for one in aliases})
    present = {(p.id, value) for p in found.values() for value in (p.login, p.email)}
    unit.bulk.remove_aliases([one for one in aliases if _named(one) in present])


def _named(alias: PersonAlias) -> tuple[PersonId, str]:
    return alias.person_id, alias.value


def _records(plan: AnyKindPlan) -> tuple[Records, Records]:
    """What is replaced and what replaces it, each in the field of its kind."""
    field = plan.kind.value
    return Records(**{field: plan.before}), Records(**{field: plan.after})  # type: ignore[arg-type] # the field of the kind
