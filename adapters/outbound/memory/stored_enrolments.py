from collections.abc import Callable, Iterable, Iterator

from application.ports.load_repositories import EnrolmentFields, StoredEnrolments
from domain.ids import PersonId
from domain.rostering import Enrolment


class MemoryStoredEnrolments(StoredEnrolments):
    """Over enrolments by id, as `all_of` has them when it is asked."""

    def __init__(self, all_of: Callable[[], list[Enrolment]]) -> None:
        self._all_of = all_of

    def count(self) -> int:
        return len(self._all_of())

    def of(self, people: Iterable[PersonId]) -> list[Enrolment]:
        wanted = frozenset(people)
        return [one for one in self._all_of() if one.person_id in wanted]

    def portions(self) -> Iterator[EnrolmentFields]:
        yield EnrolmentFields.of(self._all_of())
