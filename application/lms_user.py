"""Which person of ours stands behind a user of the LMS who consented."""

from application.errors import LaunchRejected, LmsUnauthorised
from application.matching import holders_of
from application.ports.lms import LmsAccount
from application.ports.unit_of_work import UnitOfWork
from domain.identity import LocalField, comparable
from domain.rostering import Person


def refuse_stranger(person: Person, account: LmsAccount, *, bound: bool) -> None:
    """Consent given by somebody else would let this person act as that one.

    Where the browser that began cannot be told (all cookies blocked), the account must
    name the person; otherwise it is enough that it does not name somebody else.
    """
    seen = _comparable_fields(account)
    ours = {
        LocalField.TECH_ID: person.tech_id,
        LocalField.LOGIN: person.login,
        LocalField.EMAIL: person.email,
    }
    named = {field for field, value in seen.items() if value and ours[field]}
    same = any(comparable(field, ours[field]) == seen[field] for field in named)
    if not same and (named or not bound):
        raise LmsUnauthorised(
            "Canvas says that somebody else is signed in there. Sign in to Canvas as yourself, "
            "then press Authorize again."
        )


def person_behind(unit: UnitOfWork, account: LmsAccount, rule: LocalField) -> Person:
    """The one active person that the account names, by the field of the User rule.

    Canvas shows a SIS ID only to some roles, teachers mostly not; then the login counts,
    which is unique there and which Canvas itself has just checked.
    """
    named = _comparable_fields(account)
    field = rule if named[rule] else LocalField.LOGIN
    found = holders_of(unit, field, named[field]) if named[field] else []
    active = [person for person in found if person.active]
    if len(active) != 1:
        raise LaunchRejected(
            "person-ambiguous" if active else "person-unmatched",
            "Canvas knows you, but your account there fits nobody here for certain. Your help "
            "desk can match you.",
        )
    return active[0]


def _comparable_fields(account: LmsAccount) -> dict[LocalField, str]:
    fields = {
        LocalField.TECH_ID: account.sis_id,
        LocalField.LOGIN: account.login,
        LocalField.EMAIL: account.email,
    }
    return {field: comparable(field, value) if value else "" for field, value in fields.items()}
