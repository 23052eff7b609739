from collections.abc import Callable, Iterable

from application.ports.load_repositories import EnrolmentFacts, StoredEnrolments, Wanted
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

    def beside(self, wanted: Wanted) -> list[Enrolment]:
        others = []
        for one in self._all_of():
            facts = wanted.get(one.source_id)
            if facts is not None and one.active and _facts(one) == facts:
                del wanted[one.source_id]
            elif one.active or one.source_id in wanted:
                others.append(one)
        return others


def _facts(one: Enrolment) -> EnrolmentFacts:
    return one.section_id, one.person_id, one.role, one.begins_on, one.ends_on
