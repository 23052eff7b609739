"""Single pieces of evidence as pages list them, with what the viewer may do with each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from application.class_list import Face
from application.evidence.doors import Side, may_change, may_remove, may_retire
from application.evidence.scorers import (
    neutral_title,
    numbered_for_scorer,
    numbered_of_section,
)
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer
from application.workplace import Workplace
from domain.evidence import Evidence, EvidenceKind, EvidenceSource, ScanState
from domain.ids import EvidenceId, PersonId
from domain.rostering import Person


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """`owner` is the name of who brought it, empty where it is not told.

    `size` is in bytes, 0 of what is no file. `url` is empty of a link that is not shown.
    """

    id: EvidenceId
    kind: EvidenceKind
    title: str
    url: str
    description: str
    media_type: str
    size: int
    owner: str
    source: EvidenceSource
    added_at: datetime
    keep_until: date
    scan: ScanState
    kept: bool
    openable: bool
    may_change: bool = False
    may_remove: bool = False
    may_retire: bool = False


def evidence_lines(
    unit: UnitOfWork, viewer: Viewer, found: Iterable[Evidence], side: Side
) -> tuple[EvidenceLine, ...]:
    """For pages of any subject, which decide themselves who may look."""
    listed = list(found)
    owners = unit.roster.people(one.owner_id for one in listed)
    return tuple(
        replace(
            _line(one, owners),
            may_change=may_change(viewer, one),
            may_remove=may_remove(unit, viewer, one),
            may_retire=may_retire(unit, viewer, one, side),
        )
        for one in listed
    )


def lines_to_read(found: Iterable[Evidence]) -> tuple[EvidenceLine, ...]:
    """For pages on which nothing is done with them."""
    return tuple(_line(one, {}) for one in found)


def lines_beside(unit: UnitOfWork, place: Workplace, face: Face) -> tuple[EvidenceLine, ...]:
    """What shows a student's work to the person who scores it: to be read, not to be changed.

    Where names are hidden, neither name nor address nor description is told: each may hold one.
    """
    return _to_score(place, numbered_for_scorer(unit, place, face.person_id))


def lines_of_section(unit: UnitOfWork, place: Workplace) -> tuple[EvidenceLine, ...]:
    """What is about the section as a whole, for whoever scores there, as `lines_beside` tells."""
    return _to_score(place, numbered_of_section(unit, place))


def _to_score(
    place: Workplace, numbered: Iterable[tuple[int, Evidence]]
) -> tuple[EvidenceLine, ...]:
    return tuple(
        _nameless(one, number) if place.hides_names else _line(one, {}) for number, one in numbered
    )


def _nameless(one: Evidence, number: int) -> EvidenceLine:
    title = neutral_title(one, number)
    return replace(_line(one, {}), title=title, url="", description="")


def _line(one: Evidence, owners: Mapping[PersonId, Person]) -> EvidenceLine:
    owner = owners.get(one.owner_id)
    return EvidenceLine(
        id=one.id,
        kind=one.kind,
        title=one.title,
        url=one.url,
        description=one.description,
        media_type=one.file.media_type,
        size=one.file.size,
        owner=owner.full_name if owner else "",
        source=one.source,
        added_at=one.added_at,
        keep_until=one.keep_until,
        scan=one.scan,
        kept=one.is_kept,
        openable=one.is_openable,
    )
