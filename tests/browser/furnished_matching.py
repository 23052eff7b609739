"""Cases of every kind in the matching queue, what was sent with them, and decisions."""

from datetime import timedelta

from application.ports.unit_of_work import UnitOfWork
from domain.ids import LaunchId, PersonId
from domain.launch import Audience
from domain.matching_case import CaseKind, Verdict
from tests.builders import a_launch_record, a_person
from tests.matching_builders import a_decision, a_launch, a_merge, some_launch_values
from tests.stand_ins import NOON

UNMATCHED, FORGOTTEN = "launch-one", "launch-merged"
TWINS = "people:person-rita,person-rita2"


def furnish_matching(unit: UnitOfWork) -> None:
    """Rita has a second record; the launches of the queue have said something."""
    unit.roster.put_people(
        [
            a_person("rita2", given_name="Rita", email="rita@example.edu"),
            a_person("otto", given_name="Otto", active=False),
        ]
    )
    said = a_launch("otto", lis_person_name_full="Rita Ortiz", custom_canvas_user_login_id="rita2")
    unit.matching.keep(some_launch_values(audience=Audience.STUDENT, values=dict(said.params)))
    rita = PersonId("person-rita")
    for number, (key, slug, reason, person) in enumerate(
        (
            ("several", "person-ambiguous", "several", None),
            ("renamed", "person-ambiguous", "reassigned", None),
            ("logins", "ok", "several-logins", rita),
            ("merged", "ok", "merged-in-lms", rita),
            ("section", "section-unmatched", "", rita),
        )
    ):
        unit.identities.log(
            a_launch_record(
                key, at=NOON - timedelta(hours=number), slug=slug, reason=reason,
                person_id=person, lms_user_id=f"lti-{key}", reference=f"K7Q{number}",
            )
        )  # fmt: skip
    _decided(unit)


def _decided(unit: UnitOfWork) -> None:
    one = a_decision(launch_ids=(LaunchId("launch-two"),), person_id=PersonId("person-rita"))
    aside = a_decision(
        "aside", verdict=Verdict.DISMISSED, person_id=None, decided_by="command line",
        reason="a guest of the library", decided_at=NOON - timedelta(days=1),
    )  # fmt: skip
    undone = a_decision(
        "undone", kind=CaseKind.DUPLICATE, subject="people:person-rita,person-sol",
        verdict=Verdict.MERGED, compared="", undone_by="person-stew", undone_at=NOON,
        person_id=PersonId("person-sol"), decided_at=NOON - timedelta(days=2),
    )  # fmt: skip
    for decision in (one, aside, undone):
        unit.matching.put_decision(decision)
    unit.merges.put_merge(
        a_merge(
            "undone", gone_id=PersonId("person-rita"), kept_id=PersonId("person-sol"),
            undone_at=NOON,
        )
    )  # fmt: skip
