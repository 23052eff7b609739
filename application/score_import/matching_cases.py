"""Students of an LMS course who are nobody's here, put before a steward once each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import compress

from application.launch_cases import is_dismissed
from application.matching import account_value, params_of, rules_of
from application.ports.lms import LmsAccount
from application.ports.runtime import NewId
from application.ports.unit_of_work import UnitOfWork
from application.score_import.course_people import CoursePeople, platforms
from application.workplace import Workplace
from domain.identity import LaunchRecord, LocalField, MismatchReason, masked
from domain.ids import LaunchId
from domain.launch import Audience
from domain.matching_case import LaunchValues
from domain.score_import.import_run import ScoreImport


@dataclass(frozen=True, slots=True)
class MatchingCases:
    """Cases of one import; they stand in the queue beside refused launches."""

    unit: UnitOfWork
    place: Workplace
    score_import: ScoreImport
    new_id: NewId
    at: datetime

    def queue(self, people: CoursePeople, accounts: Collection[LmsAccount]) -> int:
        """Queue who is nobody's and waits for no decision yet; returns how many."""
        names = platforms(self.unit, self.place, self.score_import.site_id)
        waiting = {one.lms_user_id for one in self.unit.identities.queue() if one.platform in names}
        field = rules_of(self.unit.settings).student.local_field
        new = [one for one in accounts if one.ref in people.nobodys and one.ref not in waiting]
        cases = [self._case(one, names[0], field, people.nobodys[one.ref]) for one in new]
        wanted = [not is_dismissed(self.unit, case) for case in cases]
        for account, case in compress(zip(new, cases, strict=True), wanted):
            self.unit.identities.log(case)
            said = {**params_of(account), "roles": case.roles}
            self.unit.matching.keep(LaunchValues(case.id, self.at, Audience.STUDENT, said))
        return sum(wanted)

    def _case(
        self, account: LmsAccount, platform: str, field: LocalField, reason: MismatchReason
    ) -> LaunchRecord:
        case_id = self.new_id()
        several = reason is MismatchReason.SEVERAL
        value = account_value(account, field)
        return LaunchRecord(
            id=LaunchId(case_id),
            at=self.at,
            slug="person-ambiguous" if several else "person-unmatched",
            reason=reason,
            platform=platform,
            lms_user_id=account.ref,
            context_id=self.score_import.course_ref,
            context_label=self.score_import.course_name,
            resource_link_id="",
            roles="Learner",
            compared=f"{field}={masked(value) if value else 'nothing sent'}",
            person_id=None,
            reference=case_id.replace("-", "")[-8:].upper(),
            queued=True,
        )
