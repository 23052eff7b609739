"""The wordings that an SLO had, and from when until when each was the one in use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.ids import SloId
from domain.slo import Slo


@dataclass(frozen=True, slots=True)
class SloVersion:
    """One wording. Results stay with the version that they were given for.

    `since` None: it is older than the keeping of versions. `until` None: it is in use.
    `replaces` is the version before, so that trends can be read across.
    """

    slo_id: SloId
    version: int
    title: str
    statement: str
    since: datetime | None
    until: datetime | None
    replaces: int | None


def version_on(kept: Iterable[SloVersion], day: date, otherwise: int) -> int:
    """The version in use at the end of the day; `otherwise` where none is kept from then."""
    began = (one.version for one in kept if one.since is None or one.since.date() <= day)
    return max(began, default=otherwise)


def versions_after(
    kept: Sequence[SloVersion], before: Slo | None, after: Slo, at: datetime
) -> list[SloVersion]:
    """What has to be stored of versions when `before` becomes `after`.

    `kept` are the stored versions of the SLO. A wording that was never kept is kept now.
    """
    by_number = {one.version: one for one in kept}
    if before is None:
        return [SloVersion(after.id, after.version, *after.wording, at, None, None)]
    current = by_number.get(before.version) or SloVersion(
        before.id, before.version, *before.wording, None, None, None
    )
    if after.version == before.version:
        corrected = replace(current, title=after.title, statement=after.statement)
        return [] if corrected == by_number.get(after.version) else [corrected]
    following = SloVersion(after.id, after.version, *after.wording, at, None, before.version)
    return [replace(current, until=at), following]
