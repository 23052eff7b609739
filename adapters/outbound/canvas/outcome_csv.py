"""Canvas' CSV of outcomes: what is written into it, and whose row an error speaks of.

Canvas (`Outcomes::CsvImporter`): every folder that a row names must stand above it in the same
file, those included that are there already, and an outcome is shown afterwards in exactly the
folders that its row names. Ratings are the last column and run on beyond it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from adapters.rich_text import html_of
from application.ports.lms_outcomes import OutcomeDraft, OutcomeUpload
from domain.ids import LmsFolderRef
from domain.outcomes.content import Calculation, OutcomeContent, OutcomeScale
from domain.outcomes.found import Found, FoundFolder
from domain.outcomes.sync_plan import FolderWish

HEADER = (
    "vendor_guid",
    "object_type",
    "title",
    "description",
    "display_name",
    "parent_guids",
    "calculation_method",
    "calculation_int",
    "mastery_points",
    "workflow_state",
    "ratings",
)
FIRST_ROW = 2
"""Canvas counts the header as row 1."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record. Its guid is what an error about it is told by."""

    guid: str
    cells: tuple[str, ...]


def fits(content: OutcomeContent) -> bool:
    """Whether all numbers are integers: Canvas reads others by the account's language.

    Without a scale the stored ratings stay as they are.
    """
    scale = content.scale
    if scale is None:
        return True
    numbers = (scale.mastery_points, *(rating.points for rating in scale.ratings))
    return all(number == number.to_integral_value() for number in numbers)


def csv_of(upload: OutcomeUpload, descriptions: Mapping[LmsFolderRef, str]) -> bytes:
    """The file. `descriptions` are the HTML of folders that are not ours, as Canvas has it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(row.cells for row in _Sheet(upload, descriptions).rows())
    return text.getvalue().encode()


def errors_by_guid(upload: OutcomeUpload, told: Iterable[tuple[int, str | None]]) -> dict[str, str]:
    """Canvas' errors by the guid of their row; several of one row are joined."""
    rows = list(_Sheet(upload, {}).rows())
    errors: dict[str, str] = {}
    for number, message in told:
        place = number - FIRST_ROW
        if 0 <= place < len(rows):
            known = errors.get(rows[place].guid)
            errors[rows[place].guid] = f"{known}; {message}" if known else message or ""
    return errors


def repeated(upload: OutcomeUpload) -> list[FoundFolder]:
    """Folders that are there and that the file must name; none before the one above it.

    Those of ours, those of others where an outcome shall be shown, and all above them.
    """
    found = upload.found
    ours = {wish.guid for wish in upload.folders}
    asked = {name for draft in upload.outcomes for name in draft.folders}
    named = [one for one in found.folders if one.guid in ours or one.ref in asked]
    chains = [(*reversed(list(found.ancestors(one))), one) for one in named]
    kept = {one.ref: one for chain in chains for one in chain if one.parent_ref is not None}
    return list(kept.values())


def root_beside_others(draft: OutcomeDraft, found: Found) -> LmsFolderRef | None:
    """The root folder, if the outcome shall be shown there and elsewhere.

    A row cannot say that: it names the root by naming no folder at all.
    """
    root = next((one.ref for one in found.folders if one.parent_ref is None), None)
    return root if root in draft.folders and len(set(draft.folders)) > 1 else None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """All rows, in an order that depends on the upload alone and can be counted again."""

    upload: OutcomeUpload
    descriptions: Mapping[LmsFolderRef, str]

    def rows(self) -> Iterator[Row]:
        wishes = {wish.guid: wish for wish in self.upload.folders}
        for folder in repeated(self.upload):
            parent = self._parent(folder)
            wish = wishes.pop(folder.guid, None)
            yield self._folder(folder, parent) if wish is None else _wished(wish, parent)
        for wish in wishes.values():
            yield _wished(wish, "")
        for draft in self.upload.outcomes:
            yield self._outcome(draft)

    def _folder(self, folder: FoundFolder, parent: str) -> Row:
        """A folder of others, as it is."""
        as_text = html_of(folder.description)
        description = self.descriptions.get(folder.ref, as_text)
        return _group(self._name(folder), folder.title, description, parent)

    def _parent(self, folder: FoundFolder) -> str:
        above = next(self.upload.found.ancestors(folder), None)
        return "" if above is None else self._name(above)

    def _name(self, folder: FoundFolder) -> str:
        """By guid if that is one word and nobody else's, else by id.

        Canvas makes that its guid then, as its own export of outcomes does.
        """
        if folder.guid in {wish.guid for wish in self.upload.folders}:
            return folder.guid
        alone = sum(one.guid == folder.guid for one in self.upload.found.folders) == 1
        one_word = folder.guid.split() == [folder.guid]
        return folder.guid if alone and one_word else f"canvas_outcome_group:{folder.ref}"

    def _outcome(self, draft: OutcomeDraft) -> Row:
        content = draft.content
        cells = (
            draft.guid,
            "outcome",
            content.title,
            html_of(content.description),
            content.display_name,
            " ".join(self._shown_in(draft)),
            *_scale_cells(content.scale),
        )
        return Row(draft.guid, cells)

    def _shown_in(self, draft: OutcomeDraft) -> Iterator[str]:
        there = {folder.ref: folder for folder in self.upload.found.folders}
        for name in dict.fromkeys(draft.folders):
            folder = there.get(LmsFolderRef(name))
            if folder is None:
                yield name
            elif folder.parent_ref is not None:
                yield self._name(folder)


def _wished(wish: FolderWish, parent: str) -> Row:
    return _group(wish.guid, wish.title, html_of(wish.description), parent)


def _group(name: str, title: str, description: str, parent: str) -> Row:
    return Row(name, (name, "group", title, description, "", parent, "", "", "", "active"))


def _scale_cells(scale: OutcomeScale | None) -> Iterator[str]:
    """From the method on. Canvas: an empty method would become its default one.

    Mastery points without ratings would wipe the ratings, so they go together.
    """
    calculation = scale.calculation if scale else Calculation()
    number = calculation.number
    ratings = scale.ratings if scale else ()
    yield calculation.method
    yield "" if number is None else str(number)
    yield str(int(scale.mastery_points)) if scale and ratings else ""
    yield "active"
    for rating in ratings:
        yield str(int(rating.points))
        yield rating.description
