"""Which outcomes are aligned and assessed through rubrics, looked up once for a call."""

from collections import Counter, defaultdict

from sandbox.canvas.outcome_records import ContextType, Rubric, RubricAssociation
from sandbox.canvas.state import State

ContextKey = tuple[ContextType, int]


class Alignments:
    """A picture of all rubrics at one moment. Building it reads every rubric and assessment.

    Canvas: an outcome is aligned where a rubric with a criterion bound to it sits on an
    assignment; it is assessed where a grader chose points or a rating for such a criterion.
    """

    def __init__(self, state: State) -> None:
        self._aligned: defaultdict[int, set[ContextKey]] = defaultdict(set)
        self._assessed: defaultdict[int, set[ContextKey]] = defaultdict(set)
        self._updateable: set[int] = set()
        self._read_associations(state)
        self._read_assessments(state)
        for rubric in updateable_rubrics(state):
            self._updateable.update(outcomes_of(rubric))

    def _read_associations(self, state: State) -> None:
        for row in state.rubric_associations.values():
            rubric = state.rubrics[row.rubric_id]
            if is_alive(state, row) and not rubric.deleted:
                for outcome_id in outcomes_of(rubric):
                    self._aligned[outcome_id].add((row.context_type, row.context_id))

    def _read_assessments(self, state: State) -> None:
        for row in state.rubric_assessments.values():
            course_id = state.assignments[row.assignment_id].course_id
            for criterion in state.rubrics[row.rubric_id].criteria:
                given = row.data.get(criterion.id, {})
                chosen = given.get("points") is not None or given.get("rating_id") is not None
                if chosen and criterion.learning_outcome_id is not None:
                    self._assessed[criterion.learning_outcome_id].add(("Course", course_id))

    def aligned(self, outcome_id: int, context: ContextKey | None = None) -> bool:
        """Whether the outcome is aligned in a context; without one, anywhere."""
        found = self._aligned.get(outcome_id, set())
        return bool(found) if context is None else context in found

    def assessed(self, outcome_id: int, context: ContextKey | None = None) -> bool:
        """Whether the outcome has results in a context; without one, anywhere."""
        found = self._assessed.get(outcome_id, set())
        return bool(found) if context is None else context in found

    def has_updateable_rubrics(self, outcome_id: int) -> bool:
        return outcome_id in self._updateable


def is_alive(state: State, association: RubricAssociation) -> bool:
    """Whether a rubric association ties its rubric to an assignment that still is there."""
    if association.deleted or association.association_type != "Assignment":
        return False
    assignment = state.assignments.get(association.association_id)
    return assignment is not None and not assignment.deleted


def outcomes_of(rubric: Rubric) -> set[int]:
    """The ids of the outcomes that the rows of a rubric are bound to."""
    return {
        row.learning_outcome_id for row in rubric.criteria if row.learning_outcome_id is not None
    }


def updateable_rubrics(state: State) -> list[Rubric]:
    """Rubrics that follow their outcomes: not assessed, and on at most one assignment."""
    assessed = {row.rubric_id for row in state.rubric_assessments.values()}
    uses = Counter(
        row.rubric_id for row in state.rubric_associations.values() if is_alive(state, row)
    )
    return [
        row
        for row in state.rubrics.values()
        if not row.deleted and row.id not in assessed and uses[row.id] <= 1
    ]
