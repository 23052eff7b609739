"""People, roles, sign-in, sessions."""

from domain.access import Right
from tests.documents.deeds import OWN, SET_UP, Deed, Not

RUN, OPEN, OWN_RIGHT = Right.RUN_SYSTEM, Right.OPEN_TO_ALL, Right.SIGNED_IN
ONE = "/people/{person_id:str}"
READ_BY = Not("read with the person")
DEEDS = (
    Deed("Find people", RUN, "person list", "GET /people", "GET /api/v1/people"),
    Deed("See one person", RUN, "person show", f"GET {ONE}",
         "GET /api/v1/people/{person_id:str}"),
    Deed("Make a person", RUN, "person new", "GET /people/new, POST /people/new",
         "POST /api/v1/people"),
    Deed("Correct, end or restore a person", RUN, "person edit", f"POST {ONE}", SET_UP),
    Deed("Grant a role in an org", RUN, "person grant", f"POST {ONE}/roles", SET_UP),
    Deed("Revoke a role", RUN, "person revoke", f"POST {ONE}/roles/revoke", SET_UP),
    Deed("Make a sign-in link", RUN, "person sign-in-link", f"POST {ONE}/sign-in-link", SET_UP),
    Deed("Set a local password", RUN, "person password", f"POST {ONE}/password", SET_UP),
    Deed("Remove a local password", RUN, Not("`person password --remove`"),
         f"POST {ONE}/password/remove", SET_UP),
    Deed("See a person's sessions", RUN, "person sessions", READ_BY, SET_UP),
    Deed("End a person's sessions", RUN, "person sign-out",
         f"POST {ONE}/sessions/end, POST {ONE}/sign-out", SET_UP),
    Deed("Sign in by a link", OPEN, OWN,
         "GET /sign-in/link/{code:str}, POST /sign-in/link/{code:str}", OWN),
    Deed("Sign in with Canvas", OPEN, OWN, "GET /sign-in, GET /sign-in/canvas/{name:str}", OWN),
    Deed("Sign in by a local password", OPEN, OWN, "POST /sign-in/password", OWN),
    Deed("Sign out", OWN_RIGHT, OWN, "POST /sign-out", OWN),
    Deed("Act in another role", OWN_RIGHT, OWN, "POST /role", OWN),
    Deed("See one's own account", OWN_RIGHT, OWN, "GET /account", OWN),
    Deed("End one's own sessions", OWN_RIGHT, OWN,
         "POST /account/sessions/end, POST /account/sign-out", OWN),
    Deed("Make, list and revoke one's own API tokens", Right.USE_API,
         "person token, person tokens, person revoke-token",
         "GET /account/tokens, POST /account/tokens, POST /account/tokens/revoke",
         Not("a token makes no tokens")),
    Deed("Read the schema of the API", OPEN, Not("an address to open"),
         "GET /schema, GET /schema/openapi.json",
         "GET /api/v1/me"),
    Deed("Change one's own password", OWN_RIGHT, OWN, "POST /account/password", OWN),
)  # fmt: skip
