"""Records of the identity console with usual values; a test names what it is about."""

from dataclasses import replace
from typing import Any

from domain.ids import LaunchId, MatchingDecisionId, PersonId
from domain.launch import Audience, LaunchClaims
from domain.matching_case import CaseKind, LaunchValues, MatchingDecision, Verdict
from domain.person_merge import PersonMerge
from tests.stand_ins import NOON


def some_launch_values(key: str = "one", **changes: Any) -> LaunchValues:
    said = {"oauth_consumer_key": "key", "user_id": "lti-x", "lis_person_sourcedid": "C0012345"}
    values = LaunchValues(LaunchId(f"launch-{key}"), NOON, Audience.STUDENT, said)
    return replace(values, **changes)


def a_decision(key: str = "one", **changes: Any) -> MatchingDecision:
    decision = MatchingDecision(
        MatchingDecisionId(f"decision-{key}"), CaseKind.UNMATCHED, "user:lti-x@key:guid",
        Verdict.PERSON, PersonId("person-ana"), "", "lis_person_sourcedid=C0...45", "nobody",
        (LaunchId("launch-one"),), None, "person-tess", NOON,
    )  # fmt: skip
    return replace(decision, **changes)


def a_merge(key: str = "one", **changes: Any) -> PersonMerge:
    merge = PersonMerge(
        MatchingDecisionId(f"decision-{key}"), PersonId("person-ana"), PersonId("person-ben"),
        (), was_active=True, merged_at=NOON,
    )  # fmt: skip
    return replace(merge, **changes)


def a_launch(person: str, roles: str = "Learner", **params: str) -> LaunchClaims:
    """Of the college in `builders`, in the course of section engl101-01."""
    given = {
        "oauth_consumer_key": "key",
        "tool_consumer_instance_guid": "guid",
        "lti_message_type": "basic-lti-launch-request",
        "user_id": f"lti-{person}",
        "roles": roles,
        "context_id": "context-1",
        "context_label": "ENGL101-01",
        "resource_link_id": "resource-essay",
        "resource_link_title": "Essay 1",
        "lis_person_sourcedid": f"C{person}",
        "custom_canvas_user_id": f"9{len(person)}",
        "launch_presentation_return_url": "https://lms.test/courses/1/return",
        **params,
    }
    return LaunchClaims(given)
