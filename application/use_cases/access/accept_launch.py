"""Let a verified launch in: find the person, the role, the sections meant and the page."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

from application.errors import LaunchRejected
from application.landing import Landing, landing_for
from application.launch_cases import is_dismissed, leave_queue, observed
from application.launch_context import LaunchContext
from application.link_offers import ancestors_of, note_offers
from application.matching import holders_of, rules_of
from application.ports.runtime import Clock, NewId, NewSecret
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.access.session_starts import Started, StartSessionCommand, begin
from domain.audit import Deed
from domain.identity import (
    LaunchRecord,
    MatchingRules,
    MismatchReason,
    Unmatched,
    comparable,
    masked,
    match_person,
)
from domain.ids import LaunchId, PersonId
from domain.launch import LaunchClaims
from domain.matching_case import values_kept
from domain.rostering import Person

_AMBIGUOUS = {MismatchReason.SEVERAL, MismatchReason.REASSIGNED}

_SENTENCES = {
    MismatchReason.ANONYMOUS: "Canvas did not say who you are. The tool's privacy level must be "
    "Public; ask your Canvas administrator to change it.",
    MismatchReason.TEST_STUDENT: "This is Canvas' Test Student. It is nobody's record, so there "
    "is nothing to show. Leave Student View to go on.",
    MismatchReason.OBSERVER: "You observe this course in Canvas. Observers have no access to "
    "assessment results here.",
    MismatchReason.NOTHING_SENT: "Canvas did not send the ID by which we know people. Ask your "
    "help desk to check your SIS ID in Canvas.",
    MismatchReason.NOBODY: "The ID that Canvas sent belongs to nobody we know yet. Your help "
    "desk can add you or match you.",
    MismatchReason.SEVERAL: "The ID that Canvas sent fits more than one person. Your help desk "
    "can decide who you are.",
    MismatchReason.REASSIGNED: "The ID that Canvas sent now belongs to another person than "
    "before. Your help desk must confirm who you are.",
    MismatchReason.INACTIVE: "Your record here is no longer active. Your help desk can "
    "reactivate it.",
}


@dataclass(frozen=True, slots=True)
class LaunchAccepted:
    """The session begun, and the page that its single-use code leads to."""

    started: Started
    landing: Landing
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class AcceptLaunch:
    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId
    new_secret: NewSecret

    def __call__(self, claims: LaunchClaims) -> LaunchAccepted:
        """Sign the person in and choose the page.

        Raises:
            LaunchRejected: `person-unmatched`, `person-ambiguous` or `section-unmatched`;
                the launch then stands in the matching queue under its reference.
        """
        with self.units() as unit:
            try:
                accepted = self._accept(unit, claims)
            except LaunchRejected:
                unit.commit()
                raise
            unit.commit()
            return accepted

    def _accept(self, unit: UnitOfWork, claims: LaunchClaims) -> LaunchAccepted:
        now, rules = self.clock.now(), rules_of(unit.settings)
        record = self._record(claims, rules, now)
        person = self._who(unit, claims, rules, record)
        context = LaunchContext.of(claims)
        record = observed(unit, claims, replace(record, person_id=person.id))
        landing = landing_for(unit, claims, context, person)
        if landing.refused:
            self._refuse(unit, record, landing.refused, claims)
        unit.identities.log(record)
        unit.matching.keep(values_kept(record.id, record.at, claims, rules))
        leave_queue(unit, record, person.id)
        note_offers(unit, landing.context, ancestors_of(claims), self.new_id, now)
        unit.registrations.touch(claims.consumer_key, now)
        unit.audit.record(
            Deed(person.id, "launched", f"context:{context.context_id}", landing.role, now)
        )
        begun = StartSessionCommand(
            person_id=person.id,
            role=landing.role,
            context=landing.context.for_session(),
            lms_origin=context.lms_origin,
            target=landing.path,
        )
        started = begin(unit, begun, self.new_secret, now)
        return LaunchAccepted(started, landing, person.id)

    def _who(
        self, unit: UnitOfWork, claims: LaunchClaims, rules: MatchingRules, record: LaunchRecord
    ) -> Person:
        rule = rules.of(claims.audience)
        wanted = rule.wanted(claims)
        known = unit.identities.known(claims.platform, claims.user_id or "")
        remembered = unit.roster.person(known.person_id) if known else None
        found = holders_of(unit, rule.local_field, wanted, remembered) if wanted else []
        match = match_person(claims, rules, found, known, remembered)
        if isinstance(match, Unmatched):
            slug = "person-ambiguous" if match.reason in _AMBIGUOUS else "person-unmatched"
            rejected = LaunchRejected(slug, _SENTENCES[match.reason], reason=match.reason)
            self._refuse(unit, record, rejected, claims)
        return match.person

    def _refuse(
        self,
        unit: UnitOfWork,
        record: LaunchRecord,
        rejected: LaunchRejected,
        claims: LaunchClaims,
    ) -> NoReturn:
        case = replace(record, slug=rejected.rejected_as, reason=rejected.reason, queued=True)
        unit.identities.log(replace(case, queued=not is_dismissed(unit, case)))
        rules = rules_of(unit.settings)
        unit.matching.keep(values_kept(record.id, record.at, claims, rules))
        rejected.reference = record.reference
        raise rejected

    def _record(self, claims: LaunchClaims, rules: MatchingRules, now: datetime) -> LaunchRecord:
        launch_id = self.new_id()
        return LaunchRecord(
            id=LaunchId(launch_id),
            at=now,
            slug="ok",
            reason="",
            platform=claims.platform,
            lms_user_id=claims.user_id or "",
            context_id=claims.context_id or "",
            context_label=claims.context_label or "",
            resource_link_id=claims.resource_link_id or "",
            roles=",".join(sorted(claims.roles)),
            compared=_compared(claims, rules),
            person_id=None,
            reference=launch_id.replace("-", "")[-8:].upper(),
            queued=False,
        )


def _compared(claims: LaunchClaims, rules: MatchingRules) -> str:
    rule = rules.of(claims.audience)
    value = claims.value(rule.lti_param)
    shown = "nothing sent" if value is None else masked(comparable(rule.local_field, value))
    return f"{rule.lti_param}={shown}"
