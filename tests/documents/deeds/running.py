"""The installation itself."""

from domain.access import Right
from tests.documents.deeds import NO_PAGE, ON_SERVER, SET_UP, Deed

RUN = Right.RUN_SYSTEM
DEEDS = (
    Deed("Try Attain with a sample college", RUN, "demo", ON_SERVER, ON_SERVER),
    Deed("Run the server", RUN, "serve", ON_SERVER, ON_SERVER),
    Deed("Run background work", RUN, "worker", ON_SERVER, ON_SERVER),
    Deed("Prepare and check the database", RUN, "db upgrade, db check", ON_SERVER, ON_SERVER),
    Deed("Back the database up", RUN, "db backup", ON_SERVER, ON_SERVER),
    Deed("Check everything, with the cure", RUN, "doctor", "GET /settings/doctor", SET_UP),
    Deed("Look at background work", RUN, "jobs list, jobs show", NO_PAGE, ON_SERVER),
    Deed("Retry or cancel background work", RUN, "jobs retry, jobs cancel", NO_PAGE, ON_SERVER),
    Deed("Read the audit trail", RUN, "audit", NO_PAGE, ON_SERVER),
    Deed("Prove that the audit trail is whole", RUN, "audit verify", NO_PAGE, ON_SERVER),
)
