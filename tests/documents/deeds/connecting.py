"""LTI, Canvas sites, matching."""

from domain.access import Right
from tests.documents.deeds import NO_COMMAND, SET_UP, Deed, Not

RUN = Right.RUN_SYSTEM
SITE = "/settings/canvas/{name:str}"
QUEUE, CASE = "/matching/queue", "/matching/queue/{case_id:str}"
DEEDS = (
    Deed("See whether LTI is on", RUN, "lti status", "GET /settings/assessment",
         "GET /api/v1/settings/lti"),
    Deed("Switch LTI on or off", RUN, "lti enable, lti disable",
         "POST /settings/assessment/lti", "PUT /api/v1/settings/lti"),
    Deed("List consumer keys", RUN, "lti key list", "GET /settings/lti", SET_UP),
    Deed("Make a consumer key", RUN, "lti key new", "POST /settings/lti/keys", SET_UP),
    Deed("Show a shared secret", RUN, "lti key show", "POST /settings/lti/secret", SET_UP),
    Deed("Rotate a shared secret", RUN, "lti key rotate", "POST /settings/lti/rotate", SET_UP),
    Deed("Revoke a consumer key", RUN, "lti key revoke", "POST /settings/lti/revoke", SET_UP),
    Deed("Get the LTI configuration XML", Right.OPEN_TO_ALL, "lti config-xml",
         "GET /lti/config.xml", SET_UP),
    Deed("See Canvas sites and who authorised", RUN, "canvas status",
         "GET /settings/canvas", "GET /api/v1/lms-sites"),
    Deed("Set up a Canvas site", RUN, "canvas configure", "POST /settings/canvas", SET_UP),
    Deed("Authorise for the account", RUN, "canvas authorize",
         f"GET {SITE}/authorise, POST {SITE}/authorise", SET_UP),
    Deed("Revoke the account's authorisation", RUN, NO_COMMAND, f"POST {SITE}/revoke", SET_UP),
    Deed("See accounts and where each org's outcomes go", RUN, "canvas accounts",
         f"GET {SITE}/accounts", SET_UP),
    Deed("Choose the account for outcomes", RUN, Not("`canvas configure --account`"),
         f"POST {SITE}/accounts", SET_UP),
    Deed("Pair orgs with sub-accounts", RUN, "canvas pair",
         f"POST {SITE}/pairs, POST {SITE}/suggestions", SET_UP),
    Deed("See the matching rules", RUN, "match show", "GET /settings/matching",
         "GET /api/v1/settings/matching/{audience:str}"),
    Deed("Set a matching rule", RUN, "match set", "POST /settings/matching",
         "PUT /api/v1/settings/matching/{audience:str}"),
    Deed("Try the matching rules on a launch", RUN, "match test",
         Not("the page shows what became of real launches"), SET_UP),
    Deed("Try a matching rule before it is saved", RUN, "match try",
         "GET /settings/matching/trial, POST /settings/matching/try", SET_UP),
    Deed("See the latest launches", RUN, Not("`match queue list` has those that wait"),
         "GET /launches", SET_UP),
    Deed("See who waits for a decision", RUN, "match queue list, match queue show",
         f"GET {QUEUE}, GET {CASE}", SET_UP),
    Deed("Dismiss a case with a reason", RUN, "match queue dismiss", f"POST {CASE}/dismiss",
         SET_UP),
    Deed("Make two records of one person one", RUN, "person merge", f"POST {CASE}/merge", SET_UP),
    Deed("See decisions and undo one", RUN, "match queue decisions, match queue undo",
         f"GET {QUEUE}/decisions, POST {QUEUE}/decisions/{{decision_id:str}}/undo", SET_UP),
    Deed("Decide who an LMS user is", RUN, "match queue resolve",
         f"POST {CASE}/decide, POST /launches", SET_UP),
    Deed("Bring over scores of people named since", RUN, "match queue replay",
         "POST /matching/replay", SET_UP),
)  # fmt: skip
