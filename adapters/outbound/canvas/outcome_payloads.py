"""Canvas' JSON about outcomes, folders, accounts and imports as far as we use it."""

from decimal import Decimal

from msgspec import UNSET, Struct, UnsetType
from msgspec.json import Decoder

from adapters.outbound.canvas.payloads import RawId, TermPayload


class RefPayload(Struct, frozen=True):
    id: RawId


class UnitPayload(Struct, frozen=True):
    """An account. `sis_account_id` is missing for whom it is not meant."""

    id: RawId
    name: str | None = None
    parent_account_id: RawId | None = None
    root_account_id: RawId | None = None
    """Null for the root account itself."""
    sis_account_id: str | None = None
    lti_guid: str | UnsetType | None = UNSET
    """There, if perhaps null, exactly when it was asked for and the key lets it through."""


class PlacedCoursePayload(Struct, frozen=True):
    id: RawId
    root_account_id: RawId | None = None


class TermedCoursePayload(Struct, frozen=True):
    """A course asked for with its term: the key is there unless the request was stripped."""

    id: RawId
    access_restricted_by_date: bool | None = None
    term: TermPayload | UnsetType | None = UNSET


class RightsPayload(Struct, frozen=True):
    manage_outcomes: bool = False
    import_outcomes: bool = False


class FolderPayload(Struct, frozen=True):
    """An outcome group; the root of a place has no parent."""

    id: RawId
    title: str | None = None
    vendor_guid: str | None = None
    description: str | None = None
    parent_outcome_group: RefPayload | None = None


class RatingPayload(Struct, frozen=True):
    """`color` is there only on the levels of an account's mastery scale."""

    points: Decimal | None = None
    description: str | None = None
    color: str | None = None


class OutcomePayload(Struct, frozen=True):
    """`ratings` and what follows are missing where accounts have mastery scales."""

    id: RawId
    title: str | None = None
    context_type: str | None = None
    context_id: RawId | None = None
    vendor_guid: str | None = None
    display_name: str | None = None
    description: str | None = None
    can_edit: bool = False
    assessed: bool = False
    ratings: list[RatingPayload] | None = None
    mastery_points: Decimal | None = None
    calculation_method: str | None = None
    calculation_int: int | None = None


class LinkPayload(Struct, frozen=True):
    """One outcome in one folder; `can_unlink` is missing on a link that is gone."""

    outcome_group: RefPayload
    outcome: OutcomePayload
    can_unlink: bool | None = None


class ImportPayload(Struct, frozen=True):
    """`processing_errors` are the first 25, each with the number of its row."""

    id: RawId
    workflow_state: str
    progress: float | str | None = None
    """Per cent; a text in Canvas' documentation."""
    processing_errors: list[tuple[int, str | None]] = []


UNIT = Decoder(UnitPayload)
UNITS = Decoder(list[UnitPayload])
PLACED_COURSE = Decoder(PlacedCoursePayload)
TERMED_COURSES = Decoder(list[TermedCoursePayload])
RIGHTS = Decoder(RightsPayload)
FEATURES = Decoder(list[str])
FOLDER = Decoder(FolderPayload)
FOLDERS = Decoder(list[FolderPayload])
OUTCOME = Decoder(OutcomePayload)
LINK = Decoder(LinkPayload)
LINKS = Decoder(list[LinkPayload])
IMPORT = Decoder(ImportPayload)
