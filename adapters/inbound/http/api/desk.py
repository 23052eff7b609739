"""Who one is, people made by hand, and the settings that programs may change."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response
from litestar.params import FromPath, JSONBody

from adapters.inbound.http.api.doors import ROOT, creating, reading, replacing
from adapters.inbound.http.api.etags import IfMatch
from adapters.inbound.http.api.reading import OneOf, made, with_etag
from adapters.inbound.http.api.roster_shapes import PersonOut, person_out
from adapters.inbound.http.api.wire import In, Line, Out, shaped
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from application.ports.listings import OrgsWanted, PeopleWanted
from application.use_cases.lms.lti_switch import ReadLtiSwitch, SetLtiSwitch, SetLtiSwitchCommand
from application.use_cases.matching.matching_rules import (
    ReadMatchingRules,
    SaveMatchingRule,
    SaveMatchingRuleCommand,
)
from application.use_cases.people.new_people import NewPerson, NewPersonCommand
from domain.access import Right, Role
from domain.api_token import TokenScope
from domain.identity import LocalField, MatchingRules
from domain.ids import OrgId
from domain.launch import Audience

_PEOPLE, _SETTINGS = "Roster", "Settings"
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"^[^,\x00-\x1f]*$")]


class MeOut(Out, frozen=True):
    """Whom the token stands for, in which role, until when.

    `orgId` null: it reaches wherever the role is held.
    """

    person: PersonOut
    role: Role
    scope: TokenScope
    expires_at: datetime
    org_id: OrgId | None


class PersonIn(In, frozen=True):
    """Login, email and names are needed for somebody new.

    `orgId` left out grants the role for the whole institution.
    """

    tech_id: Line
    role: Role
    login: Line | None = None
    email: Line | None = None
    given_name: Name | None = None
    family_name: Name | None = None
    org_id: Line | None = None


class LtiSwitch(In, frozen=True):
    """*Enable LTI functionality*."""

    enabled: bool


class MatchingRuleShape(In, frozen=True):
    """A launch parameter, and the field of ours that it is compared with."""

    lti_param: Line
    local_field: LocalField


@reading("/me", "Tokens", Right.SIGNED_IN)
def me(caller: Injected[Caller]) -> MeOut:
    """Whom this token stands for."""
    token = caller.bearer.token
    return MeOut(
        person_out(caller.bearer.person), token.role, token.scope, token.expires_at, token.org_id
    )


@creating("/people", _PEOPLE, Right.RUN_SYSTEM, 404, 409)
def make_person(
    data: JSONBody[PersonIn],
    caller: Injected[Caller],
    new_person: Injected[NewPerson],
    one_of: Injected[OneOf],
) -> Response[PersonOut]:
    """Make a person with a role, or give one who is there the role; twice changes nothing."""
    org = None
    if data.org_id:
        wanted = OrgsWanted(id=OrgId(data.org_id))
        org = one_of.record(lambda its, _, turn: its.orgs(wanted, turn), "This org").code
    report = new_person(
        NewPersonCommand(
            caller.person_id, data.tech_id, data.role, data.login, data.email, _name(data), org
        )
    )
    asked = PeopleWanted(id=report.person_id)
    person = one_of.record(lambda its, sight, turn: its.people(sight, asked, turn), "This person")
    return made(f"{ROOT}/people/{person.id}", person_out(person))


@reading("/settings/lti", _SETTINGS, Right.RUN_SYSTEM)
def lti_switch(read_lti_switch: Injected[ReadLtiSwitch]) -> Response[LtiSwitch]:
    """Whether launches are taken."""
    return with_etag(LtiSwitch(read_lti_switch()))


@replacing("/settings/lti", _SETTINGS, Right.RUN_SYSTEM)
def set_lti_switch(
    data: JSONBody[LtiSwitch],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    read_lti_switch: Injected[ReadLtiSwitch],
    set_lti_switch: Injected[SetLtiSwitch],
) -> Response[LtiSwitch]:
    """Take launches, or refuse them politely; at once."""
    if_match.check(LtiSwitch(read_lti_switch()))
    set_lti_switch(SetLtiSwitchCommand(caller.person_id, data.enabled))
    return with_etag(data)


@reading("/settings/matching/{audience:str}", _SETTINGS, Right.RUN_SYSTEM, 404)
def matching_rule(
    audience: FromPath[Audience], read_matching_rules: Injected[ReadMatchingRules]
) -> Response[MatchingRuleShape]:
    """How launches of users or of students find their person."""
    return with_etag(_rule(read_matching_rules(), audience))


@replacing("/settings/matching/{audience:str}", _SETTINGS, Right.RUN_SYSTEM)
def save_matching_rule(
    audience: FromPath[Audience],
    data: JSONBody[MatchingRuleShape],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    read_matching_rules: Injected[ReadMatchingRules],
    save_matching_rule: Injected[SaveMatchingRule],
) -> Response[MatchingRuleShape]:
    """Set the rule; it takes effect with the next launch."""
    if_match.check(_rule(read_matching_rules(), audience))
    saved = save_matching_rule(
        SaveMatchingRuleCommand(caller.person_id, audience, data.lti_param, data.local_field)
    )
    return with_etag(shaped(MatchingRuleShape, saved))


def _name(data: PersonIn) -> str | None:
    """As the use case reads it: `Family, Given`."""
    if data.family_name is None:
        return data.given_name
    return f"{data.family_name}, {data.given_name or ''}"


def _rule(rules: MatchingRules, audience: Audience) -> MatchingRuleShape:
    return shaped(MatchingRuleShape, rules.of(audience))


ROUTES = (me, make_person, lti_switch, set_lti_switch, matching_rule, save_matching_rule)
