"""The matching rules in force, and the values that they compare."""

from collections.abc import Iterable, Mapping

from application.ports.lms import LmsAccount
from application.ports.system_repositories import SettingsRepository
from application.ports.unit_of_work import UnitOfWork
from domain.identity import LocalField, MatchingRule, MatchingRules, comparable
from domain.ids import PersonId
from domain.launch import Audience
from domain.matching_case import ACCOUNT_PARAM
from domain.rostering import Person


def rules_of(settings: SettingsRepository) -> MatchingRules:
    return MatchingRules(
        user=rule_of(settings, Audience.USER), student=rule_of(settings, Audience.STUDENT)
    )


def rule_of(settings: SettingsRepository, audience: Audience) -> MatchingRule:
    stored, usual = settings.all(), MatchingRule()
    return MatchingRule(
        stored.get(f"matching.{audience}.param", usual.lti_param),
        LocalField(stored.get(f"matching.{audience}.field", usual.local_field)),
    )


def local_value(person: Person, field: LocalField) -> str:
    value = {
        LocalField.TECH_ID: person.tech_id,
        LocalField.LOGIN: person.login,
        LocalField.EMAIL: person.email,
    }[field]
    return comparable(field, value)


def account_value(account: LmsAccount, field: LocalField) -> str:
    """What is compared with `local_value`; empty when the LMS does not tell it."""
    value = {
        LocalField.TECH_ID: account.sis_id,
        LocalField.LOGIN: account.login,
        LocalField.EMAIL: account.email,
    }[field]
    return comparable(field, value) if value else ""


PARAMS_OF_ACCOUNT: Mapping[LocalField, str] = {
    LocalField.TECH_ID: "lis_person_sourcedid",
    LocalField.LOGIN: "custom_canvas_user_login_id",
    LocalField.EMAIL: "lis_person_contact_email_primary",
}
"""Under what names a launch would carry what an account of the LMS shows."""


def params_of(account: LmsAccount) -> dict[str, str]:
    """As a launch of this user would say it; of no LMS that launches, so nobody is remembered."""
    said = {
        "lis_person_sourcedid": account.sis_id,
        "custom_canvas_user_login_id": account.login,
        "lis_person_contact_email_primary": account.email,
        ACCOUNT_PARAM: account.ref,
        "user_id": account.ref,
    }
    return {"oauth_consumer_key": "", **{name: text for name, text in said.items() if text}}


def rules_by_account(rules: MatchingRules) -> MatchingRules:
    """As an import compares: by what accounts show, whatever a launch would be asked for."""
    field = rules.student.local_field
    rule = MatchingRule(PARAMS_OF_ACCOUNT[field], field)
    return MatchingRules(rule, rule)


def holders_of(
    unit: UnitOfWork, field: LocalField, value: str, known: Person | None = None
) -> list[Person]:
    """Everybody, active or not, whom this value of the field names.

    A value that nobody bears now still names `known`, the person whom the LMS user was until
    now, if it was that person's own once. Nobody else: logins are given out again.
    """
    found = holders(unit, field, [value]).get(comparable(field, value), [])
    if found or known is None:
        return found
    return [one for one in former_holders(unit, field, value) if one.id == known.id]


def former_holders(unit: UnitOfWork, field: LocalField, value: str) -> list[Person]:
    """Whose own the value was, as rosters told, or who they are since a merge; by id."""
    once = unit.bulk.people_once(field, value)
    people = {**unit.roster.people(once), **_merged(unit, once)}
    return list({people[one].id: people[one] for one in once if one in people}.values())


def holders(unit: UnitOfWork, field: LocalField, values: Iterable[str]) -> dict[str, list[Person]]:
    """By comparable value, whom it names: the one place that every match asks.

    Somebody whose record was merged into another one is that other one.
    """
    found = unit.matching.people_among(field, values)
    instead = _merged(unit, (one.id for people in found.values() for one in people))
    return {
        value: list({one.id: one for one in (instead.get(p.id, p) for p in people)}.values())
        for value, people in found.items()
    }


def _merged(unit: UnitOfWork, people: Iterable[PersonId]) -> dict[PersonId, Person]:
    """Of those who were merged, who they are now, over any number of merges."""
    into = dict(unit.merges.merged_into(people))
    further = unit.merges.merged_into(into.values())
    while further:
        into = {gone: further.get(kept, kept) for gone, kept in into.items()}
        further = unit.merges.merged_into(further.values())
    people_now = unit.roster.people(into.values())
    return {gone: people_now[kept] for gone, kept in into.items()}
