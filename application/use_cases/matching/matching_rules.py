"""The rules that say which launch value is compared with which of our fields."""

import re
from dataclasses import dataclass

from application.errors import Invalid
from application.matching import rule_of, rules_of
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.audit import Deed
from domain.identity import LocalField, MatchingRule, MatchingRules
from domain.launch import Audience

_PARAMETER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")
_OF_SIGNING = "oauth_"


@dataclass(frozen=True, slots=True)
class ReadMatchingRules:
    units: UnitOfWorkFactory

    def __call__(self) -> MatchingRules:
        with self.units(write=False) as unit:
            return rules_of(unit.settings)


@dataclass(frozen=True, slots=True)
class SaveMatchingRuleCommand:
    """`local_field` is a `LocalField` in text: tech-id, login or email."""

    actor: str
    audience: Audience
    lti_param: str
    local_field: str


@dataclass(frozen=True, slots=True)
class SaveMatchingRule:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: SaveMatchingRuleCommand) -> MatchingRule:
        """Takes effect with the next launch. Raises Invalid."""
        rule = checked_rule(command.lti_param, command.local_field)
        audience = command.audience
        details = f"{rule.lti_param} against {rule.local_field}"
        deed = Deed(command.actor, "set", f"matching:{audience}", details, self.clock.now())
        with self.units() as unit:
            if rule_of(unit.settings, audience) != rule:
                unit.settings.put(f"matching.{audience}.param", rule.lti_param)
                unit.settings.put(f"matching.{audience}.field", rule.local_field)
                unit.audit.record(deed)
            unit.commit()
        return rule


def checked_rule(lti_param: str, local_field: str) -> MatchingRule:
    """A rule from typed text. Raises Invalid, naming the field and the cure."""
    parameter = lti_param.strip()
    if not _PARAMETER.fullmatch(parameter):
        raise Invalid(
            "lti_param", "give the name of a launch parameter, such as custom_canvas_user_login_id."
        )
    if parameter.startswith(_OF_SIGNING):
        raise Invalid("lti_param", f"{parameter} belongs to the signature and names nobody.")
    if local_field not in set(LocalField):
        raise Invalid("local_field", f"choose one of {', '.join(LocalField)}.")
    return MatchingRule(parameter, LocalField(local_field))
