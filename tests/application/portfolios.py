"""A college in which ana has released results, and her ePortfolio."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.secrets.keyring import Keyring
from application.issuing import IssueCredentials
from application.ports.credentials import CredentialWriter, KeyPair, Signer
from application.queries.portfolio.own_credentials import OwnCredentials
from application.queries.portfolio.portfolio_pages import (
    CollectionPage,
    PortfolioPage,
    ReadCollection,
)
from application.queries.portfolio.published_collection import ReadPublished
from application.queries.portfolio.status_lists import KeptLists, StatusLists
from application.use_cases.portfolio.keep_portfolio import (
    AddItems,
    MakeCollection,
    RemoveCollection,
    WriteCollection,
)
from application.use_cases.portfolio.share_portfolio import (
    ReaddressShare,
    RevokeShare,
    ShareCollection,
)
from application.use_cases.portfolio.signing_keys import MakeSigningKey
from domain.assessment import AssessmentKind
from domain.credential import Achieved, Issuer, LearnerRecord, SigningKey, StatusList
from domain.ids import PersonId, RowId, SectionAssessmentId, SigningKeyId, SloId
from domain.rubric import Rubric
from domain.score import NOT_ASSESSED, Scored
from tests.builders import (
    College,
    a_criterion,
    a_score,
    a_section_assessment,
    an_assessment,
)
from tests.http.support import KEYS
from tests.stand_ins import NOON, CountedIds, FixedClock

ANA, BEN = PersonId("person-ana"), PersonId("person-ben")
ESSAY, PROJECT, HIDDEN = (SectionAssessmentId(f"work-{k}") for k in ("essay", "project", "hidden"))


class PlainCredentials(CredentialWriter):
    """Tells what would be signed with which key; signs nothing."""

    def new_key(self, key_id: SigningKeyId) -> KeyPair:
        return KeyPair(f'{{"kid": "{key_id}"}}', f"private {key_id}")

    def badge(self, achieved: Achieved, issuer: Issuer, signer: Signer) -> str:
        status = achieved.status
        assert status is not None, "what is handed out has its place"
        return f"{issuer.name}: {achieved.title} {achieved.level.label} by {signer.private}"

    def record(self, record: LearnerRecord, issuer: Issuer, signer: Signer) -> str:
        titles = ", ".join(one.title for one in record.achieved)
        return f"{issuer.name}: {titles} by {signer.private}"

    def status_list(self, listed: StatusList, issuer: Issuer, signer: Signer) -> str:
        return f"{issuer.name} {listed.number}: {sorted(listed.revoked)} by {signer.private}"

    def profile(self, issuer: Issuer) -> str:
        return issuer.name

    def key_set(self, keys: list[SigningKey]) -> str:  # type: ignore[override] # tests give lists
        return ",".join(key.public for key in keys)


@dataclass
class Portfolios:
    units: MemoryUnits
    clock: FixedClock
    ids: CountedIds = field(default_factory=CountedIds)
    codes: CountedIds = field(default_factory=lambda: CountedIds("code"))

    def __post_init__(self) -> None:
        units, clock = self.units, self.clock
        self.sealer = Keyring(KEYS)
        self.writer = PlainCredentials()
        self.make_key = MakeSigningKey(units, clock, self.ids, self.sealer, self.writer)
        self.make = MakeCollection(units, clock, self.ids, self.make_key)
        self.write = WriteCollection(units, clock)
        self.add = AddItems(units, clock, self.ids)
        self.remove = RemoveCollection(units, clock)
        self.share = ShareCollection(units, clock, self.ids, self.codes)
        self.readdress = ReaddressShare(units, clock, self.codes)
        self.revoke = RevokeShare(units, clock)
        self.page = CollectionPage(units, clock)
        self.home = PortfolioPage(units, clock)
        self.read = ReadCollection(units)
        self.issue = IssueCredentials(units, clock, CountedIds("chance"))
        self.published = ReadPublished(units, clock)

    def own_credentials(self) -> OwnCredentials:
        return OwnCredentials(
            self.units, self.clock, self.sealer, self.writer, "https://a.test", self.issue
        )

    def status_lists(self) -> StatusLists:
        """Which nobody has asked for yet."""
        return StatusLists(
            self.units, self.clock, self.sealer, self.writer, "https://a.test", KeptLists()
        )

    def release(self, work_id: SectionAssessmentId, *, released: bool = True) -> None:
        with self.units() as unit:
            work = unit.assessments.work(work_id)
            unit.assessments.save_work(work.released(NOON if released else None))
            unit.commit()


def a_portfolio_college(units: MemoryUnits) -> None:
    """ana and ben have scores in all three; the essay and the project are released.

    In the essay ana meets one SLO and not the other; in the project criteria make the level.
    """
    criteria = (
        a_criterion("plan", slo_ids=(SloId("slo-plan"),)),
        a_criterion("build", slo_ids=(SloId("slo-plan"),)),
    )
    derived = (a_criterion("slo-plan", slo_ids=(SloId("slo-plan"),)),)
    with units() as unit:
        College().store(unit)
        work = unit.assessments.work(ESSAY)
        unit.assessments.save_work(replace(work, released_at=NOON - timedelta(days=1)))
        unit.assessments.save(
            an_assessment("project", kind=AssessmentKind.STUDENT, rubric=Rubric(criteria, derived))
        )
        unit.assessments.save(an_assessment("hidden"))
        unit.assessments.save_work(a_section_assessment("project", released_at=NOON))
        unit.assessments.save_work(a_section_assessment("hidden"))
        for student in ("ana", "ben"):
            unit.scores.save(a_score(student, comment="Better than Ben Ortiz."))
            unit.scores.save(a_score(student, "evidence", value=Scored(Decimal(1))))
            unit.scores.save(a_score(student, section_assessment_id=HIDDEN))
            for row in ("plan", "build"):
                unit.scores.save(
                    a_score(student, section_assessment_id=PROJECT, row_id=RowId(f"row-{row}"),
                            value=Scored(Decimal(4)) if row == "plan" else NOT_ASSESSED)
                )  # fmt: skip
        unit.commit()
