"""Everything the practice Canvas knows, in memory, with the look-ups that its rooms share."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sandbox.canvas.access_records import AccessToken, Code, DeveloperKey, Tool
from sandbox.canvas.moments import Chance, Clock
from sandbox.canvas.opaque import OpaqueIds
from sandbox.canvas.outcome_records import (
    ContextType,
    Outcome,
    OutcomeGroup,
    OutcomeImport,
    OutcomeLink,
    ProficiencyRating,
    Rubric,
    RubricAssessment,
    RubricAssociation,
)
from sandbox.canvas.records import (
    Account,
    Assignment,
    Course,
    Enrollment,
    Group,
    Login,
    Progress,
    Section,
    Submission,
    Switches,
    Term,
    User,
)

Row = TypeVar("Row")
STUDENT_TYPES = frozenset({"StudentEnrollment", "StudentViewEnrollment"})
STAFF_TYPES = frozenset({"TeacherEnrollment", "TaEnrollment", "DesignerEnrollment"})


class Index(Generic[Row]):
    """The rows of a growing table by a key that never changes once a row is in it."""

    def __init__(self, table: dict[int, Row], key: Callable[[Row], Hashable]) -> None:
        self._table = table
        self._key = key
        self._seen = 0
        self._rows: dict[Hashable, list[Row]] = {}

    def of(self, key: Hashable) -> list[Row]:
        if self._seen != len(self._table):
            for row in list(self._table.values())[self._seen :]:
                self._rows.setdefault(self._key(row), []).append(row)
            self._seen = len(self._table)
        return self._rows.get(key, [])


@dataclass
class State:
    """The tables. Rows are kept by id; a deleted row stays and says so."""

    host: str
    root_id: int
    lti_guid: str
    time_zone: str
    clock: Clock
    chance: Chance
    opaque: OpaqueIds
    switches: Switches = field(default_factory=Switches)
    accounts: dict[int, Account] = field(default_factory=dict)
    terms: dict[int, Term] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    logins: dict[int, Login] = field(default_factory=dict)
    admins: set[tuple[int, int]] = field(default_factory=set)
    """(user id, account id) of each account admin."""
    courses: dict[int, Course] = field(default_factory=dict)
    sections: dict[int, Section] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    enrollments: dict[int, Enrollment] = field(default_factory=dict)
    assignments: dict[int, Assignment] = field(default_factory=dict)
    submissions: dict[tuple[int, int], Submission] = field(default_factory=dict)
    """By (assignment id, user id)."""
    nicknames: dict[tuple[int, int], str] = field(default_factory=dict)
    """(user id, course id) -> the user's own name for the course."""
    keys: dict[int, DeveloperKey] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[int, AccessToken] = field(default_factory=dict)
    tools: dict[int, Tool] = field(default_factory=dict)
    progress: dict[int, Progress] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    outcome_groups: dict[int, OutcomeGroup] = field(default_factory=dict)
    outcome_links: dict[int, OutcomeLink] = field(default_factory=dict)
    outcome_imports: dict[int, OutcomeImport] = field(default_factory=dict)
    proficiencies: dict[int, list[ProficiencyRating]] = field(default_factory=dict)
    """The account-level mastery scale, by account id."""
    rubrics: dict[int, Rubric] = field(default_factory=dict)
    rubric_associations: dict[int, RubricAssociation] = field(default_factory=dict)
    rubric_assessments: dict[int, RubricAssessment] = field(default_factory=dict)
    grading_assessments: dict[tuple[int, int], RubricAssessment] = field(default_factory=dict)
    """Those of the type `grading` once more, by (assignment id, user id)."""
    _last_id: dict[str, int] = field(default_factory=dict)
    _enrollments: Index[Enrollment] = field(init=False)
    _logins: Index[Login] = field(init=False)
    _outcome_groups: Index[OutcomeGroup] = field(init=False)
    _links_by_group: Index[OutcomeLink] = field(init=False)
    _links_by_outcome: Index[OutcomeLink] = field(init=False)

    def __post_init__(self) -> None:
        self._enrollments = Index(self.enrollments, lambda row: row.course_id)
        self._logins = Index(self.logins, lambda row: row.user_id)
        self._outcome_groups = Index(
            self.outcome_groups, lambda row: (row.context_type, row.context_id)
        )
        self._links_by_group = Index(self.outcome_links, lambda row: row.group_id)
        self._links_by_outcome = Index(self.outcome_links, lambda row: row.outcome_id)

    def next_id(self, table: str, start: int = 1) -> int:
        """The next free number of a table; `start` is the first one ever given."""
        self._last_id[table] = max(self._last_id.get(table, 0) + 1, start)
        return self._last_id[table]

    @property
    def root(self) -> Account:
        return self.accounts[self.root_id]

    def account_chain(self, account_id: int) -> Iterator[Account]:
        """The account itself, its parent, and so on up to the root."""
        current: int | None = account_id
        while current is not None:
            account = self.accounts[current]
            yield account
            current = account.parent_id

    def account_tree(self, account_id: int) -> list[Account]:
        """All accounts below this one, without itself."""
        return [
            account
            for account in self.accounts.values()
            if account.id != account_id
            and any(above.id == account_id for above in self.account_chain(account.id))
        ]

    def logins_of(self, user_id: int) -> list[Login]:
        """Active logins, those with a SIS id first, then by login: Canvas' own choice."""
        mine = [row for row in self._logins.of(user_id) if row.active]
        return sorted(mine, key=lambda row: (row.sis_user_id is None, row.unique_id.casefold()))

    def login_of(self, user_id: int) -> Login | None:
        return next(iter(self.logins_of(user_id)), None)

    def enrollments_in(self, course_id: int, user_id: int | None = None) -> list[Enrollment]:
        """Enrolments that are not deleted, by id; of one user if given."""
        return [
            row
            for row in self._enrollments.of(course_id)
            if row.state != "deleted" and (user_id is None or row.user_id == user_id)
        ]

    def enrollments_of(self, user_id: int) -> list[Enrollment]:
        return [
            row
            for row in self.enrollments.values()
            if row.user_id == user_id and row.state != "deleted"
        ]

    def outcome_groups_in(self, context_type: ContextType, context_id: int) -> list[OutcomeGroup]:
        """The folders of an account or a course that are not deleted, by id."""
        rows = self._outcome_groups.of((context_type, context_id))
        return [row for row in rows if not row.deleted]

    def links_in_group(self, group_id: int) -> list[OutcomeLink]:
        """All links that a folder ever had, deleted ones too, by id."""
        return self._links_by_group.of(group_id)

    def links_of_outcome(self, outcome_id: int) -> list[OutcomeLink]:
        """All links that an outcome ever had, deleted ones too, by id."""
        return self._links_by_outcome.of(outcome_id)

    def sections_of(self, course_id: int) -> list[Section]:
        return [row for row in self.sections.values() if row.course_id == course_id]

    def assignments_of(self, course_id: int) -> list[Assignment]:
        rows = [
            row
            for row in self.assignments.values()
            if row.course_id == course_id and not row.deleted
        ]
        return sorted(rows, key=lambda row: (row.position, row.id))

    def group_of(self, assignment: Assignment, user_id: int) -> Group | None:
        if assignment.group_category_id is None:
            return None
        return next(
            (
                group
                for group in self.groups.values()
                if group.group_category_id == assignment.group_category_id
                and group.course_id == assignment.course_id
                and user_id in group.user_ids
            ),
            None,
        )

    def submission(self, assignment_id: int, user_id: int) -> Submission:
        """The row of a student, made at first asking as Canvas makes its placeholders."""
        key = (assignment_id, user_id)
        if key not in self.submissions:
            self.submissions[key] = Submission(
                id=self.next_id("submissions", 70001), assignment_id=assignment_id, user_id=user_id
            )
        return self.submissions[key]

    def grading_association(self, assignment_id: int) -> RubricAssociation | None:
        """What puts a rubric on an assignment for teachers to grade with."""
        rows = self.rubric_associations.values()
        return next((row for row in rows if row.grades_assignment(assignment_id)), None)

    def grading_assessment(self, assignment_id: int, user_id: int) -> RubricAssessment | None:
        """A student's assessment, unless its rubric has been taken off the assignment."""
        row = self.grading_assessments.get((assignment_id, user_id))
        if row is None or self.rubric_associations[row.rubric_association_id].deleted:
            return None
        return row

    def course_ended(self, course: Course) -> bool:
        """Concluded: by state, or by the dates of the course if they rule, else of the term."""
        if course.workflow_state == "completed":
            return True
        term = self.terms.get(course.term_id)
        by_course = course.restrict_enrollments_to_course_dates
        end_at = course.end_at if by_course else (term.end_at if term else None)
        return end_at is not None and end_at < self.clock()

    def barred_by_dates(self, course: Course) -> bool:
        """Whether the course's own dates keep its students out at this moment."""
        if not course.restrict_enrollments_to_course_dates:
            return False
        now = self.clock()
        early = course.start_at is not None and now < course.start_at
        late = course.end_at is not None and now > course.end_at
        return early or late
