"""How outcomes and folders of the learning system in memory change, and what it refuses."""

from dataclasses import dataclass, replace

from adapters.outbound.memory.lms_outcome_state import OutcomeState, OwnedOutcome
from application.errors import LmsRefused
from domain.ids import LmsFolderRef, LmsOutcomeRef
from domain.outcomes.content import LONGEST_TITLE, OutcomeContent
from domain.outcomes.found import FoundFolder, OutcomePlace
from domain.outcomes.sync_plan import FolderWish


@dataclass(frozen=True, slots=True)
class OutcomeChanges:
    """Changes in one place."""

    state: OutcomeState
    place: OutcomePlace

    def put_folder(self, wish: FolderWish) -> FoundFolder:
        _check_title(wish.title)
        folders = self.state.folders_in(self.place)
        held = next((row for row in folders if row.guid == wish.guid), None)
        ref = held.ref if held else self.state.given_folder(self.place, guid=wish.guid)
        folder = self.state.folder_in(self.place, ref)
        renamed = replace(folder, title=wish.title, description=wish.description)
        self.state.folders[ref] = self.place, renamed
        return renamed

    def add(self, folder: LmsFolderRef, guid: str, content: OutcomeContent) -> OwnedOutcome:
        _check_title(content.title)
        at = self.state.folder_in(self.place, folder).ref
        ref = self.state.given_outcome(self.place, content, guid=guid, folder=at)
        return self.state.outcomes[ref]

    def change(self, outcome: LmsOutcomeRef, content: OutcomeContent) -> OwnedOutcome:
        """An unknown scale leaves the old one.

        Canvas: where accounts have mastery scales, the scale of an outcome cannot be changed.
        """
        held = self.state.outcome_in(self.place, outcome)
        if content.scale is not None and self.state.mastery_scales:
            raise LmsRefused("The account has a mastery scale.", reason="mastery-scales")
        return self.write(held, content)

    def write(self, held: OwnedOutcome, content: OutcomeContent) -> OwnedOutcome:
        _check_title(content.title)
        kept = replace(content, scale=content.scale or held.content.scale)
        self.state.outcomes[held.ref] = replace(held, content=kept)
        return self.state.outcomes[held.ref]

    def unlink(self, folder: LmsFolderRef, outcome: LmsOutcomeRef) -> None:
        """Without a link at home the outcome is deleted, and with it all other links."""
        at = self.state.folder_in(self.place, folder).ref
        if (at, outcome) not in self.state.links:
            return
        held = self.state.outcomes[outcome]
        if not self.state.may_unlink(self.place, held):
            raise LmsRefused("A rubric uses the outcome.", reason="aligned")
        del self.state.links[at, outcome]
        if held.home == self.place and not self.state.links_in(self.place, outcome):
            self._delete(outcome)

    def remove_folder(self, folder: LmsFolderRef) -> None:
        """With all that is still shown in it."""
        at = self.state.folder_in(self.place, folder).ref
        for ref in [outcome for held, outcome in self.state.links if held == at]:
            self.unlink(at, ref)
        del self.state.folders[at]

    def _delete(self, outcome: LmsOutcomeRef) -> None:
        del self.state.outcomes[outcome]
        for key in [key for key in self.state.links if key[1] == outcome]:
            del self.state.links[key]


def _check_title(title: str) -> None:
    if not title.strip():
        raise LmsRefused("A title is needed.")
    if len(title) > LONGEST_TITLE:
        raise LmsRefused(f"A title has at most {LONGEST_TITLE} characters.")
