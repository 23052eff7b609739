"""The ePortfolio of the student s000: a full collection, an empty one, shares in each state."""

from datetime import timedelta

from application.ports.unit_of_work import UnitOfWork
from domain.ids import EvidenceId, ItemId, PersonId, SectionAssessmentId
from domain.portfolio.collection import Item
from domain.portfolio.share import hash_of
from domain.score import Scored
from tests.builders import a_score
from tests.portfolio_builders import a_collection, a_link_item, a_result_item, a_share
from tests.stand_ins import NOON

OWNER = PersonId("person-s000")
FULL, BARE = "collection-writing", "collection-bare"
OPEN_CODE, ENDED_CODE = "code-that-opens", "code-that-ended"
_WORDS = (
    "I chose these because they show how I learned to ask why before how.\n\n"
    "مجموعة أعمالي · 我的作品集 · אוסף העבודות שלי · Bộ sưu tập của tôi"
)


def furnish_portfolio(unit: UnitOfWork, released: SectionAssessmentId) -> None:
    work = unit.assessments.work(released)
    for row in work.rubric(unit.assessments.get(work.assessment_id)).criteria:
        if row.id not in unit.scores.of_student(released, OWNER):
            best = Scored(row.levels[-1].points)
            unit.scores.save(
                a_score("s000", section_assessment_id=released, row_id=row.id, value=best)
            )
    items = (
        a_result_item("project", work_id=released, reflection="The graph was my idea."),
        a_link_item("blog", reflection="Written during the term."),
        Item.evidence(ItemId("item-photo"), EvidenceId("evidence-gone")),
        a_link_item("old", removed=True),
    )
    unit.portfolios.save(
        a_collection(owner_id=OWNER, title="How I learned to reason", reflection=_WORDS,
                     items=items)
    )  # fmt: skip
    unit.portfolios.save(a_collection("bare", owner_id=OWNER, reflection=""))
    unit.portfolios.save(a_collection("past", owner_id=OWNER, removed_at=NOON))
    for key, code, changes in (
        ("open", OPEN_CODE, {"last_seen_at": NOON}),
        ("ended", ENDED_CODE, {"revoked_at": NOON, "label": ""}),
        ("past", "past-code", {"ends_at": NOON - timedelta(days=1)}),
    ):
        unit.portfolios.put_share(a_share(key, owner_id=OWNER, code_hash=hash_of(code), **changes))
    unit.settings.put("profiles.stewards", "allowed")
