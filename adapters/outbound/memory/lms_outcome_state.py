"""Accounts, folders and outcomes of the learning system in memory, and how tests fill them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from adapters.outbound.memory.lms_rubric_state import RubricState
from application.errors import LmsRecordMissing
from application.ports.lms_outcomes import LmsUnit
from domain.ids import (
    LmsAccountRef,
    LmsCourseRef,
    LmsFolderRef,
    LmsOutcomeRef,
    LmsUserRef,
)
from domain.outcomes.content import OutcomeContent, OutcomeScale, Rating
from domain.outcomes.found import (
    FoundFolder,
    FoundLink,
    FoundOutcome,
    OutcomePlace,
    PlaceKind,
)

ROOT = LmsAccountRef("root")
DEFAULT_SCALE = OutcomeScale(
    (
        Rating(Decimal(5), "Exceeds Expectations"),
        Rating(Decimal(3), "Meets Expectations"),
        Rating(Decimal(0), "Does Not Meet Expectations"),
    ),
    mastery_points=Decimal(3),
)
"""Of an outcome that is made without one."""


@dataclass(frozen=True, slots=True)
class OwnedOutcome:
    """`home` is the place that owns it; others only show it."""

    ref: LmsOutcomeRef
    home: OutcomePlace
    guid: str
    content: OutcomeContent


@dataclass(slots=True)
class OutcomeState:
    """`given_...` arrange what is there; the plain fields are switches of the site."""

    new_ref: Callable[[], str]
    rubrics: RubricState
    units: dict[LmsAccountRef, LmsUnit] = field(
        default_factory=lambda: {ROOT: LmsUnit(ROOT, "Practice College", None, None)}
    )
    admins: set[tuple[LmsAccountRef, LmsUserRef]] = field(default_factory=set)
    course_units: dict[LmsCourseRef, LmsAccountRef] = field(default_factory=dict)
    folders: dict[LmsFolderRef, tuple[OutcomePlace, FoundFolder]] = field(default_factory=dict)
    outcomes: dict[LmsOutcomeRef, OwnedOutcome] = field(default_factory=dict)
    links: dict[tuple[LmsFolderRef, LmsOutcomeRef], None] = field(default_factory=dict)
    """In the order in which they were made."""
    mastery_scales: bool = False
    includes_kept: bool = True
    unmanageable: set[OutcomePlace] = field(default_factory=set)
    """Places where nobody may manage outcomes any more."""
    unimportable: set[OutcomePlace] = field(default_factory=set)

    def given_unit(
        self, *, name: str = "", parent: LmsAccountRef = ROOT, sis_id: str | None = None
    ) -> LmsAccountRef:
        ref = LmsAccountRef(self.new_ref())
        self.units[ref] = LmsUnit(ref, name or f"Account {ref}", parent, sis_id)
        return ref

    def given_admin(self, account: LmsAccountRef, user: LmsUserRef) -> None:
        self.admins.add((account, user))

    def revoke_admin(self, account: LmsAccountRef, user: LmsUserRef) -> None:
        self.admins.discard((account, user))

    def given_folder(
        self,
        place: OutcomePlace,
        title: str = "Folder",
        *,
        guid: str = "",
        description: str = "",
        parent: LmsFolderRef | None = None,
    ) -> LmsFolderRef:
        """A folder under another one, else under the root of the place."""
        above = parent or self.root_folder(place).ref
        ref = LmsFolderRef(self.new_ref())
        self.folders[ref] = place, FoundFolder(ref, guid, title, description, above)
        return ref

    def given_outcome(
        self,
        place: OutcomePlace,
        content: OutcomeContent,
        *,
        guid: str = "",
        folder: LmsFolderRef | None = None,
    ) -> LmsOutcomeRef:
        """An outcome that the place owns, shown in a folder of it, else in its root."""
        ref = LmsOutcomeRef(self.new_ref())
        scaled = replace(content, scale=content.scale or DEFAULT_SCALE)
        self.outcomes[ref] = OwnedOutcome(ref, place, guid, scaled)
        self.given_link(folder or self.root_folder(place).ref, ref)
        return ref

    def given_link(self, folder: LmsFolderRef, outcome: LmsOutcomeRef) -> None:
        """Show the outcome in one more folder, of whatever place."""
        self.links[folder, outcome] = None

    def unit(self, account: LmsAccountRef) -> LmsUnit:
        if account not in self.units:
            raise LmsRecordMissing("There is no such account.")
        return self.units[account]

    def units_below(self, user: LmsUserRef) -> Iterator[LmsUnit]:
        """What the person administers, parents first: an account is never above its parent."""
        for unit in list(self.units.values()):
            if self.administers(user, unit.ref):
                yield unit

    def administers(self, user: LmsUserRef, account: LmsAccountRef) -> bool:
        return any((above, user) in self.admins for above in self.accounts_from(account))

    def accounts_from(self, account: LmsAccountRef | None) -> Iterator[LmsAccountRef]:
        """The account and those above it, up to the root."""
        while account is not None:
            yield account
            account = self.units[account].parent_ref

    def account_of(self, place: OutcomePlace) -> LmsAccountRef:
        """The account that a place is, or that its course belongs to.

        Raises:
            LmsRecordMissing: there is no such place.
        """
        if place.kind is PlaceKind.ACCOUNT:
            return self.unit(LmsAccountRef(place.ref)).ref
        course = LmsCourseRef(place.ref)
        if course not in self.course_units:
            raise LmsRecordMissing("There is no such course.")
        return self.course_units[course]

    def may_show(self, place: OutcomePlace, outcome: OwnedOutcome) -> bool:
        """A place shows its own outcomes, and those of accounts above it."""
        above = self.accounts_from(self.account_of(place))
        homes = {OutcomePlace(PlaceKind.ACCOUNT, account) for account in above}
        return outcome.home in homes | {place}

    def root_folder(self, place: OutcomePlace) -> FoundFolder:
        """Made when it is first asked for."""
        found = next((row for row in self.folders_in(place) if row.parent_ref is None), None)
        if found is None:
            ref = LmsFolderRef(self.new_ref())
            found = FoundFolder(ref, "", f"Outcomes of {place}", "", None)
            self.folders[ref] = place, found
        return found

    def folders_in(self, place: OutcomePlace) -> list[FoundFolder]:
        return [folder for at, folder in self.folders.values() if at == place]

    def folder_in(self, place: OutcomePlace, ref: LmsFolderRef) -> FoundFolder:
        at, folder = self.folders.get(ref, (None, None))
        if folder is None or at != place:
            raise LmsRecordMissing("There is no such folder.")
        return folder

    def outcome_in(self, place: OutcomePlace, ref: LmsOutcomeRef) -> OwnedOutcome:
        if not self.links_in(place, ref):
            raise LmsRecordMissing("There is no such outcome in this place.")
        return self.outcomes[ref]

    def shown_in(self, place: OutcomePlace) -> list[OwnedOutcome]:
        refs = dict.fromkeys(of for at, of in self.links if self.folders[at][0] == place)
        return [self.outcomes[ref] for ref in refs]

    def links_in(self, place: OutcomePlace, outcome: LmsOutcomeRef) -> list[LmsFolderRef]:
        return [at for at, of in self.links if of == outcome and self.folders[at][0] == place]

    def may_unlink(self, place: OutcomePlace, outcome: OwnedOutcome) -> bool:
        """The last link in a place stays while a rubric uses the outcome.

        Canvas (`ContentTag#can_destroy?`): at home any rubric holds it, elsewhere one there.
        """
        if len(self.links_in(place, outcome.ref)) > 1:
            return True
        if outcome.home == place:
            return not self.rubrics.aligned(outcome.ref)
        there = LmsCourseRef(place.ref) if place.kind is PlaceKind.COURSE else None
        return there is None or not self.rubrics.aligned(outcome.ref, there)

    def found(self, place: OutcomePlace, outcome: OwnedOutcome, *, editable: bool) -> FoundOutcome:
        """As the place shows it; the scale is hidden behind the account's mastery scale."""
        content = outcome.content
        can_unlink = self.may_unlink(place, outcome)
        return FoundOutcome(
            ref=outcome.ref,
            guid=outcome.guid,
            content=replace(content, scale=None) if self.mastery_scales else content,
            assessed=self.rubrics.assessed(outcome.ref),
            editable=editable,
            owned=outcome.home == place,
            links=tuple(FoundLink(at, can_unlink) for at in self.links_in(place, outcome.ref)),
        )
