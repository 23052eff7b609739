"""Examples of what goes in and out, by shape; a test reads each of them back."""

from typing import Any

_ID = "01990f2e-7d3a-7b1c-9e55-3f0a6c2b8d41"
_SECTION = "01990f2e-81c4-7f02-8d37-5a9b1e6c0f72"
_SCALE = "01990f2e-8a11-7c9d-b2e4-0d7f3a5b6c18"

EXAMPLES: dict[str, Any] = {
    "PersonOut": {
        "id": _ID, "sourceId": "u-1042", "techId": "C0001042", "login": "aortiz",
        "email": "aortiz@college.edu", "givenName": "Ana", "familyName": "Ortiz", "active": True,
    },
    "PersonIn": {
        "techId": "C0009001", "role": "coordinator", "login": "cdean", "email": "cdean@college.edu",
        "givenName": "Cora", "familyName": "Dean", "orgId": _ID,
    },
    "SectionOut": {
        "id": _SECTION, "sourceId": "c-20531", "title": "ENGL101-01", "code": "20531",
        "courseId": _ID, "orgId": _ID, "termId": _ID, "active": True,
        "mode": "hybrid", "location": "Room 12", "startsOn": None, "endsOn": None,
    },
    "SloIn": {
        "code": "ENGL101.1", "title": "State a thesis",
        "statement": "Students state a thesis that can be argued.", "kind": "cslo",
        "courseId": _ID,
        "descriptors": [{"scaleId": _SCALE, "points": "4", "text": "The thesis is clear."}],
    },
    "AssessmentIn": {
        "code": "ESSAY", "name": "Argument essay", "scaleId": _SCALE, "pointsPossible": "100",
        "kind": "outcomes", "purpose": "summative", "sloIds": [_ID],
    },
    "WorkIn": {
        "assessmentId": _ID, "sectionId": _SECTION, "dueAt": "2026-12-11T23:59:00Z",
    },
    "ScoresIn": {
        "scores": [
            {"studentId": _ID, "rowId": _ID, "value": "4", "version": 0},
            {"studentId": _ID, "rowId": _SCALE, "value": "NA", "version": 2, "comment": "Ill."},
        ]
    },
    "ActionPlanIn": {
        "title": "Clearer theses", "ownerKind": "section", "owner": "ENGL101-01",
        "assessments": ["ESSAY"], "reason": "Many are below.", "dueAt": "2027-02-15T23:59:00Z",
    },
    "PlanMoveIn": {"move": "send back", "note": "Who does it?"},
    "RfiIn": {
        "title": "Office hours", "dueAt": "2027-02-15T23:59:00Z", "org": "ENGL",
        "toOrgs": ["ENGL"], "questions": [{"prompt": "How many a week?", "kind": "number"}],
    },
    "AskAnswers": {"answers": [{"questionId": "q1", "text": "3"}], "give": True},
    "DlaIn": {
        "title": "Three theses", "instructions": "Write three theses on one topic.",
        "links": [{"address": "https://college.edu/writing", "label": "Writing centre"}],
    },
    "AssignIn": {
        "sectionId": _SECTION, "studentIds": [_ID], "dueAt": "2026-12-11T23:59:00Z",
    },
    "WorkLinkIn": {
        "url": "https://college.edu/essay", "title": "Essay", "studentId": _ID,
    },
    "SendIn": {"students": [_ID]},
    "OutcomeScopeIn": {"siteId": _ID, "courseId": _ID},
    "SyncIn": {"siteId": _ID, "orgId": _ID, "accepted": ["mastery-scales"]},
    "LtiSwitch": {"enabled": True},
    "MatchingRuleShape": {"ltiParam": "custom_canvas_user_login_id", "localField": "login"},
    "Problem": {
        "type": "urn:attain:problem:not-found", "title": "Not found", "status": 404,
        "detail": "This person is not there, or not for you to see.",
        "cure": "Check the id; what a token may not see is not there.", "reference": "7HJ2-KXQ4",
    },
}  # fmt: skip
