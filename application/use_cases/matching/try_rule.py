"""Try a matching rule before it is saved: on launches that were made, on users of the LMS."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from application.account_agents import AccountAgents
from application.errors import LmsError
from application.launch_trial import Known, matches
from application.matching import params_of, rules_of
from application.ports.lms import LmsAccount
from application.ports.runtime import Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.refusals import why_unread
from application.use_cases.matching.matching_rules import checked_rule
from domain.identity import IdentityMatch, Matched, MatchingRule, MatchingRules
from domain.ids import LmsAccountRef, LmsUserRef, PersonId
from domain.launch import Audience, LaunchClaims
from domain.lms_site import LmsSite
from domain.matching_trial import RuleTrial, Tried, counted
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.rostering import Person

MOST_LAUNCHES = 2_000
MOST_USERS = 1_000
NOT_TOLD = "param-not-told"
"""Accounts of the LMS do not show what the rule compares; only launches do."""
NO_ACCOUNT = "no-account"


@dataclass(frozen=True, slots=True)
class TryRuleCommand:
    audience: Audience
    lti_param: str
    local_field: str


@dataclass(frozen=True, slots=True)
class LaunchTrial:
    """The newest launch of each LMS user among the newest `most` that are kept."""

    trial: RuleTrial
    most: int


@dataclass(frozen=True, slots=True)
class UserTrial:
    """Users of a site's account. `unread` says why there are none, a slug of refusals."""

    site: str
    trial: RuleTrial | None
    most: int
    stopped: bool = False
    """There are more users than `most`; the first were tried."""
    unread: str = ""


@dataclass(frozen=True, slots=True)
class RuleTrialReport:
    """`people` holds everybody whom the trials name."""

    rule: MatchingRule
    current: MatchingRule
    launches: LaunchTrial
    users: tuple[UserTrial, ...]
    people: dict[PersonId, Person]


@dataclass(frozen=True, slots=True)
class TryRule:
    units: UnitOfWorkFactory
    transact: Transact
    agents: AccountAgents
    most_launches: int = MOST_LAUNCHES
    most_users: int = MOST_USERS

    async def __call__(self, command: TryRuleCommand) -> RuleTrialReport:
        """Nothing is written but what asking the LMS itself needs. Raises Invalid."""
        rule = checked_rule(command.lti_param, command.local_field)
        sites = await self.transact(self._sites)
        read = [await self._users(site, rule) for site in sites]
        return await self.transact(lambda: self._report(command.audience, rule, read))

    def _sites(self) -> list[LmsSite]:
        with self.units(write=False) as unit:
            return [site for site in unit.sites.sites() if site.active]

    async def _users(self, site: LmsSite, rule: MatchingRule) -> "_Read":
        if not site.account_ref:
            return _Read(site.name, (), unread=NO_ACCOUNT)
        if rule.lti_param not in _TOLD:
            return _Read(site.name, (), unread=NOT_TOLD)
        place = OutcomePlace(PlaceKind.ACCOUNT, site.account_ref)
        found: list[LmsAccount] = []
        try:
            agent = await self.agents.acting_on(site.id, place)
            async for user in agent.gateway.users(LmsAccountRef(site.account_ref)):
                if len(found) == self.most_users:
                    return _Read(site.name, tuple(found), stopped=True)
                found.append(user)
        except LmsError as error:
            return _Read(site.name, (), unread=why_unread(error))
        return _Read(site.name, tuple(found))

    def _report(
        self, audience: Audience, rule: MatchingRule, read: Sequence["_Read"]
    ) -> RuleTrialReport:
        with self.units(write=False) as unit:
            rules = rules_of(unit.settings)
            tried = _with(rules, audience, rule)
            launches = _launches(unit, audience, self.most_launches)
            trial = _trial(unit, launches, rules, tried)
            users = []
            for one in read:
                said = [_as_launch(user, audience) for user in one.users]
                found = None if one.unread else _trial(unit, said, rules, tried)
                users.append(UserTrial(one.site, found, self.most_users, one.stopped, one.unread))
            people = unit.roster.people(_named(trial, *(u.trial for u in users if u.trial)))
            current = rules.student if audience is Audience.STUDENT else rules.user
            kept = LaunchTrial(trial, self.most_launches)
            return RuleTrialReport(rule, current, kept, tuple(users), people)


_TOLD = frozenset(params_of(LmsAccount(LmsUserRef("1"), "1", "1", "1")))


@dataclass(frozen=True, slots=True)
class _Read:
    site: str
    users: tuple[LmsAccount, ...]
    stopped: bool = False
    unread: str = ""


def _with(rules: MatchingRules, audience: Audience, rule: MatchingRule) -> MatchingRules:
    if audience is Audience.STUDENT:
        return replace(rules, student=rule)
    return replace(rules, user=rule)


def _launches(unit: UnitOfWork, audience: Audience, most: int) -> list[LaunchClaims]:
    """The newest of each LMS user."""
    newest: dict[tuple[str, str], LaunchClaims] = {}
    for kept in unit.matching.newest_kept(audience, most):
        if kept.is_launch:
            claims = kept.claims
            newest.setdefault((claims.platform, claims.user_id or ""), claims)
    return list(newest.values())


def _as_launch(user: LmsAccount, audience: Audience) -> LaunchClaims:
    role = "Learner" if audience is Audience.STUDENT else "Instructor"
    return LaunchClaims({**params_of(user), "roles": role})


def _trial(
    unit: UnitOfWork, said: list[LaunchClaims], rules: MatchingRules, tried: MatchingRules
) -> RuleTrial:
    known = Known.of(unit, said)
    now = matches(unit, said, rules, known)
    then = matches(unit, said, tried, known)
    return counted(
        Tried(claims.value(tried.of(claims.audience).lti_param), _who(before), _who(after), after)
        for claims, before, after in zip(said, now, then, strict=True)
    )


def _who(match: IdentityMatch) -> PersonId | None:
    return match.person.id if isinstance(match, Matched) else None


def _named(*trials: RuleTrial) -> Iterable[PersonId]:
    changes = (change for trial in trials for change in trial.changes)
    return {one for change in changes for one in (change.before, change.after) if one}
