"""ePortfolios, credentials and the profile of a student."""

from domain.access import Right
from tests.documents.deeds import NO_COMMAND, OWN, PAGE_ONLY, Deed, Not

OWN_RESULTS, RUN = Right.SEE_OWN_RESULTS, Right.RUN_SYSTEM
ONE = "/portfolio/{collection_id:str}"
PUBLIC = Not("read in any browser, or by the program that checks a credential")
NO_API = Not("a student's own, by page")
DEEDS = (
    Deed("See one's own collections", OWN_RESULTS, "portfolio list",
         f"GET /portfolio, GET {ONE}, GET {ONE}/preview", NO_API),
    Deed("Make, write, order, remove and put back a collection", OWN_RESULTS, OWN,
         f"POST /portfolio, POST {ONE}, POST {ONE}/remove, POST {ONE}/restore", NO_API),
    Deed("Share a collection, give it another address, revoke", OWN_RESULTS, OWN,
         f"GET {ONE}/shares, POST {ONE}/shares, POST {ONE}/shares/address, "
         f"POST {ONE}/shares/revoke", NO_API),
    Deed("Take a collection away", OWN_RESULTS, OWN,
         f"GET {ONE}/export.zip, GET {ONE}/export.pdf", NO_API),
    Deed("Get one's own signed credentials", OWN_RESULTS, OWN,
         "GET /portfolio/credentials, GET /portfolio/credentials/{number:str}", NO_API),
    Deed("Read a shared ePortfolio", Right.OPEN_TO_ALL, PUBLIC,
         "GET /p/{code:str}, GET /p/{code:str}/record.jwt, "
         "GET /p/{code:str}/files/{item_id:str}", PUBLIC),
    Deed("Check a credential", Right.OPEN_TO_ALL, PUBLIC,
         "GET /credentials/issuer, GET /credentials/jwks.json, "
         "GET /credentials/keys/{key_id:str}, GET /credentials/status/{number:int}", PUBLIC),
    Deed("Make and list signing keys", RUN, "credentials key new, credentials key list",
         Not("done where the server runs"), Not("done where the server runs")),
    Deed("Let Data Stewards open student profiles", RUN, "settings profiles",
         "GET /settings/profiles, POST /settings/profiles", PAGE_ONLY),
    Deed("Open the profile of a student", RUN, NO_COMMAND,
         "GET /people/{person_id:str}/profile, POST /people/{person_id:str}/profile",
         Not("each look is noted with its reason, on the page")),
)  # fmt: skip
