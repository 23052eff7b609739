"""What is worth a look once it is known how the roster will stand beside what is stored."""

from collections.abc import Iterator

from application.loading.diff import KindPlan
from application.rosters.load_runs import Doubled
from application.rosters.records import PersonRecord
from application.rosters.roster import Listing
from application.rosters.row_errors import RowError, Severity
from domain.rostering import Person


def doubles(
    found: tuple[Doubled, ...], people: KindPlan[Person], listing: Listing[PersonRecord]
) -> Iterator[RowError]:
    """People who share a login or an address with somebody whom the file does not list.

    Those who both stand in the file were told when it was read.
    """
    if not found:
        return
    source_ids = {person.id: key for key, person in people.live.items()}
    lines = {record.source_id: record.line for record in listing.rows}
    for one in found:
        pair = source_ids[one.first], source_ids[one.second]
        here = [key for key in pair if key in lines]
        if len(here) == 1:
            other = pair[1] if here[0] == pair[0] else pair[0]
            cause = (
                f"the same {one.field.value} as the person with the id {other}; perhaps one"
                " person. Nobody is merged by a load"
            )
            file, line = listing.place(lines[here[0]])
            column = listing.columns.get(one.field.value, one.field.value)
            yield RowError(file, line, column, here[0], cause, Severity.WARNING)
