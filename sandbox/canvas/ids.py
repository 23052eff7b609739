"""Ids as they stand in paths and lists: plain, global, or with the prefix of another name."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from sandbox.canvas.errors import not_found
from sandbox.canvas.records import Account, Assignment, Course, Section, Term, User
from sandbox.canvas.state import State

SHARD = 10_000_000_000_000
"""Ids of the first shard as other shards see them: 10000000000007 is 7."""

_HEX = re.compile(r"^hex:((?:sis|lti)_[a-z0-9_]+):((?:[0-9a-fA-F]{2})+)$")
_UUID = re.compile(r"^uuid:(\w{40,})$")
Row = TypeVar("Row")


def global_id(number: int) -> str:
    return str(SHARD + number)


def local_id(text: str) -> int | None:
    """The number of a plain, global or short (`1~7`) id of this shard; else None."""
    shard, _, rest = text.rpartition("~")
    if not (rest.isascii() and rest.isdigit()) or shard not in {"", "1"}:
        return None
    number = int(rest)
    return number - SHARD if SHARD < number < 2 * SHARD else number


def plain(text: str) -> str:
    """`hex:sis_course_id:4142` is `sis_course_id:AB`: the form for awkward characters."""
    match = _HEX.match(text)
    if not match:
        return text
    value = bytes.fromhex(match[2]).decode("utf-8", "replace")
    return f"{match[1]}:{value}"


def _pick(rows: Iterable[Row], matches: Callable[[Row], bool]) -> Row | None:
    return next((row for row in rows if matches(row)), None)


def user_or_none(state: State, reference: str, me: int | None = None) -> User | None:
    text = plain(reference)
    if text == "self" and me is not None:
        return state.users[me]
    user_id = _user_id(state, text)
    user = None if user_id is None else state.users.get(user_id)
    return None if user is None or user.deleted else user


def _user_id(state: State, text: str) -> int | None:
    prefix, _, value = text.partition(":")
    logins = [row for row in state.logins.values() if row.active]
    if prefix == "sis_user_id":
        login = _pick(logins, lambda row: row.sis_user_id == value)
        return login.user_id if login else None
    if prefix == "sis_login_id":
        login = _pick(logins, lambda row: row.unique_id.casefold() == value.casefold())
        return login.user_id if login else None
    if prefix in {"lti_user_id", "lti_context_id", "lti_1_1_id"}:
        return _by_opaque(state, value)
    if match := _UUID.match(text):
        user = _pick(state.users.values(), lambda row: row.uuid == match[1])
        return user.id if user else None
    return local_id(text)


def _by_opaque(state: State, value: str) -> int | None:
    user = _pick(
        state.users.values(), lambda row: state.opaque.hexadecimal("user", row.id) == value
    )
    return user.id if user else None


def find_user(state: State, reference: str, me: int | None = None) -> User:
    user = user_or_none(state, reference, me)
    if user is None:
        raise not_found()
    return user


def find_course(state: State, reference: str) -> Course:
    """A course that is not deleted; 404 comes before any question of rights."""
    text = plain(reference)
    prefix, _, value = text.partition(":")
    rows = state.courses.values()
    if prefix == "sis_course_id":
        course = _pick(rows, lambda row: row.sis_course_id == value)
    elif prefix == "lti_context_id":
        course = _pick(rows, lambda row: state.opaque.hexadecimal("course", row.id) == value)
    elif match := _UUID.match(text):
        course = _pick(rows, lambda row: row.uuid == match[1])
    else:
        number = local_id(text)
        course = None if number is None else state.courses.get(number)
    if course is None or course.workflow_state == "deleted":
        raise not_found()
    return course


def find_account(state: State, reference: str) -> Account:
    text = plain(reference)
    prefix, _, value = text.partition(":")
    rows = state.accounts.values()
    if text in {"self", "default"}:
        return state.root
    if prefix == "sis_account_id":
        account = _pick(rows, lambda row: row.sis_account_id == value)
    elif prefix == "lti_context_id":
        account = _pick(rows, lambda row: state.opaque.hexadecimal("account", row.id) == value)
    elif match := _UUID.match(text):
        account = _pick(rows, lambda row: row.uuid == match[1])
    else:
        number = local_id(text)
        account = None if number is None else state.accounts.get(number)
    if account is None:
        raise not_found()
    return account


def find_section(state: State, reference: str) -> Section:
    text = plain(reference)
    prefix, _, value = text.partition(":")
    if prefix == "sis_section_id":
        section = _pick(state.sections.values(), lambda row: row.sis_section_id == value)
    else:
        number = local_id(text)
        section = None if number is None else state.sections.get(number)
    if section is None:
        raise not_found()
    return section


def term_id_of(state: State, reference: str) -> int | None:
    text = plain(reference)
    prefix, _, value = text.partition(":")
    if prefix == "sis_term_id":
        term: Term | None = _pick(state.terms.values(), lambda row: row.sis_term_id == value)
        return term.id if term else None
    return local_id(text)


def find_assignment(state: State, course: Course, reference: str) -> Assignment:
    text = plain(reference)
    prefix, _, value = text.partition(":")
    rows = state.assignments_of(course.id)
    if prefix == "sis_assignment_id":
        assignment = _pick(rows, lambda row: row.sis_assignment_id == value)
    elif prefix == "lti_context_id":
        assignment = _pick(rows, lambda row: state.opaque.uuid("assignment", row.id) == value)
    else:
        number = local_id(text)
        assignment = _pick(rows, lambda row: row.id == number)
    if assignment is None:
        raise not_found()
    return assignment
