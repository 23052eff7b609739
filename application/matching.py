"""The matching rules in force, and the values that they compare."""

from application.ports.lms import LmsAccount
from application.ports.repositories import SettingsRepository
from domain.identity import LocalField, MatchingRule, MatchingRules, comparable
from domain.launch import Audience
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
