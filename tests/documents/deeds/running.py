"""The installation itself."""

from domain.access import Right
from tests.documents.deeds import NO_PAGE, ON_SERVER, SET_UP, Deed

RUN = Right.RUN_SYSTEM
DEEDS = (
    Deed("Try Attain with a sample college", RUN, "demo", ON_SERVER, ON_SERVER),
    Deed("Run the server", RUN, "serve", ON_SERVER, ON_SERVER),
    Deed("Run background work", RUN, "worker", ON_SERVER, ON_SERVER),
    Deed("Prepare and check the database", RUN, "db upgrade, db check", ON_SERVER, ON_SERVER),
    Deed("Seal secrets with the present key", RUN, "db reseal", ON_SERVER, ON_SERVER),
    Deed("Back the database up", RUN, "db backup", ON_SERVER, ON_SERVER),
    Deed("Check everything, with the cure", RUN, "doctor", "GET /settings/doctor", SET_UP),
    Deed("Look at background work", RUN, "jobs list, jobs show", NO_PAGE, ON_SERVER),
    Deed("Retry or cancel background work", RUN, "jobs retry, jobs cancel", NO_PAGE, ON_SERVER),
    Deed("Read the audit trail", RUN, "audit", "GET /audit, GET /audit/export", SET_UP),
    Deed("Prove that the audit trail is whole", RUN, "audit verify", "GET /audit/verify", SET_UP),
    Deed(
        "See whether mail goes out",
        RUN,
        "settings mail",
        "GET /settings/mail, POST /settings/mail",
        SET_UP,
    ),
    Deed("Write out all data of the college", RUN, "export", ON_SERVER, ON_SERVER),
    Deed(
        "Set rounding, small groups and words",
        RUN,
        "settings show, settings set",
        "POST /settings/assessment",
        SET_UP,
    ),
)
