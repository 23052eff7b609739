"""From a seed to the first state."""

from datetime import UTC, datetime

from sandbox.canvas.access_records import AccessToken, DeveloperKey, Tool
from sandbox.canvas.moments import Chance, Clock, moment_of
from sandbox.canvas.opaque import OpaqueIds, test_student_login
from sandbox.canvas.records import (
    Account,
    Assignment,
    Course,
    Enrollment,
    Group,
    LatePolicy,
    Login,
    Section,
    Term,
    ToolTag,
    User,
)
from sandbox.canvas.seed import (
    AssignmentSeed,
    CourseSeed,
    LatePolicySeed,
    Seed,
    ToolSeed,
    UserSeed,
)
from sandbox.canvas.state import State

FOUNDED = datetime(2024, 8, 14, 16, 12, 44, tzinfo=UTC)
"""When the records of a seed were made, as far as the API tells."""


def state_from_seed(seed: Seed, clock: Clock, chance: Chance) -> State:
    root = seed.root_account
    guid = root.lti_guid or f"{OpaqueIds(root.name).hexadecimal('guid')}:canvas-lms"
    state = State(
        host=seed.host.rstrip("/"),
        root_id=root.id,
        lti_guid=guid,
        time_zone=root.time_zone,
        clock=clock,
        chance=chance,
        opaque=OpaqueIds(guid),
    )
    state.switches.locale = root.locale
    _plant_accounts(state, seed)
    for user in seed.users:
        _plant_user(state, user)
    for course in seed.courses:
        _plant_course(state, course)
    _plant_enrollments(state, seed)
    _plant_keys(state, seed)
    for tool in seed.tools:
        _plant_tool(state, tool)
    return state


def _plant_accounts(state: State, seed: Seed) -> None:
    root = seed.root_account
    state.accounts[root.id] = Account(
        root.id, root.name, None, state.opaque.letters("account", root.id), root.sis_account_id
    )
    for row in seed.accounts:
        uuid = state.opaque.letters("account", row.id)
        state.accounts[row.id] = Account(row.id, row.name, row.parent, uuid, row.sis_account_id)
    for term in seed.terms:
        start_at, end_at = moment_of(term.start_at), moment_of(term.end_at)
        state.terms[term.id] = Term(term.id, term.name, term.sis_term_id, start_at, end_at)


def _plant_user(state: State, row: UserSeed) -> None:
    state.users[row.id] = User(
        id=row.id,
        name=row.name,
        sortable_name=row.sortable_name or sortable(row.name),
        short_name=row.short_name or row.name,
        uuid=state.opaque.letters("user", row.id),
        created_at=FOUNDED,
        email=row.email,
        locale=row.locale,
        test_student_of=row.test_student_of,
    )
    login = test_student_login(row.id) if row.test_student_of else row.login_id
    _add_login(state, row.id, login, row.sis_user_id)
    for more in row.logins:
        _add_login(state, row.id, more.login_id, more.sis_user_id)
    state.admins.update((row.id, account_id) for account_id in row.admin_of)
    if row.token is not None:
        token_id = state.next_id("tokens")
        state.tokens[token_id] = AccessToken(id=token_id, user_id=row.id, access=row.token)


def _add_login(state: State, user_id: int, unique_id: str, sis_user_id: str | None) -> None:
    login_id = state.next_id("logins", 9001)
    state.logins[login_id] = Login(login_id, user_id, unique_id, sis_user_id)


def sortable(name: str) -> str:
    """`Family, Given` from a full name, as Canvas guesses it; a single name stays."""
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given else name


def _plant_course(state: State, row: CourseSeed) -> None:
    state.courses[row.id] = Course(
        id=row.id,
        name=row.name,
        course_code=row.course_code,
        account_id=row.account_id,
        term_id=row.term_id,
        uuid=state.opaque.letters("course", row.id),
        created_at=FOUNDED,
        sis_course_id=row.sis_course_id,
        workflow_state=row.workflow_state,
        start_at=moment_of(row.start_at),
        end_at=moment_of(row.end_at),
        restrict_enrollments_to_course_dates=row.restrict_enrollments_to_course_dates,
        late_policy=_late_policy(row.late_policy),
    )
    for section in row.sections:
        state.sections[section.id] = Section(
            section.id, row.id, section.name, section.sis_section_id
        )
    for group in row.groups:
        state.groups[group.id] = Group(
            group.id, row.id, group.name, group.group_category_id, list(group.user_ids)
        )
    for position, assignment in enumerate(row.assignments, start=1):
        _plant_assignment(state, row.id, assignment, position)


def _late_policy(row: LatePolicySeed | None) -> LatePolicy | None:
    if row is None:
        return None
    seconds = 3600 if row.interval == "hour" else 86400
    return LatePolicy(row.deduction_percent, seconds, row.minimum_percent)


def _plant_assignment(state: State, course_id: int, row: AssignmentSeed, position: int) -> None:
    tool = None
    if row.external_tool_url is not None:
        tool = ToolTag(row.external_tool_url, row.external_tool_new_tab)
    assigned = None if row.assigned_user_ids is None else frozenset(row.assigned_user_ids)
    state.assignments[row.id] = Assignment(
        id=row.id,
        course_id=course_id,
        name=row.name,
        position=position,
        created_at=FOUNDED,
        updated_at=FOUNDED,
        description=row.description,
        points_possible=row.points_possible,
        grading_type=row.grading_type,
        submission_types=["external_tool"] if tool else list(row.submission_types),
        published=row.published,
        due_at=moment_of(row.due_at),
        lock_at=moment_of(row.lock_at),
        unlock_at=moment_of(row.unlock_at),
        tool=tool,
        moderated_grading=row.moderated_grading,
        final_grader_id=row.final_grader_id,
        anonymous_grading=row.anonymous_grading,
        group_category_id=row.group_category_id,
        grade_group_students_individually=row.grade_group_students_individually,
        post_manually=row.post_manually,
        in_closed_grading_period=row.in_closed_grading_period,
        assigned_user_ids=assigned,
    )
    state.next_id("assignments", row.id)


def _plant_enrollments(state: State, seed: Seed) -> None:
    for row in seed.enrollments:
        enrollment_id = state.next_id("enrollments", 8001)
        state.enrollments[enrollment_id] = Enrollment(
            id=enrollment_id,
            user_id=row.user_id,
            course_id=row.course_id,
            section_id=row.section_id,
            type=row.type,
            state=row.state,
            created_at=FOUNDED,
            associated_user_id=row.associated_user_id,
            limit_privileges_to_course_section=row.limit_privileges_to_course_section,
        )


def _plant_keys(state: State, seed: Seed) -> None:
    for row in seed.developer_keys:
        state.keys[row.id] = DeveloperKey(
            id=row.id,
            name=row.name,
            secret=row.secret,
            redirect_uris=list(row.redirect_uris),
            scopes=row.scopes,
            allow_includes=row.allow_includes,
            active=row.active,
            enabled=row.enabled,
            trusted=row.trusted,
        )


def _plant_tool(state: State, row: ToolSeed) -> None:
    """Install a tool; a number that is an account's and a course's means the account."""
    context = int(row.context)
    in_account = context in state.accounts
    state.tools[row.id] = Tool(
        id=row.id,
        name=row.name,
        consumer_key=row.consumer_key,
        shared_secret=row.shared_secret,
        launch_url=row.launch_url,
        domain=row.domain,
        privacy_level=row.privacy_level,
        custom_fields=dict(row.custom_fields),
        placements=frozenset(row.placements),
        account_id=context if in_account else None,
        course_id=None if in_account else context,
        new_tab=row.new_tab,
        oauth_compliant=row.oauth_compliant,
    )
