"""Rosters and what they hold."""

from domain.access import Right
from tests.documents.deeds import SET_UP, Deed, Not

RUN = Right.RUN_SYSTEM
ORG, SECTION = "/orgs/{org_id:str}", "/sections/{section_id:str}"
TERM, COURSE = "/terms/{term_id:str}", "/courses/{course_id:str}"
DEEDS = (
    Deed("Load a roster", RUN, "load oneroster", Not("a folder on the server"), SET_UP),
    Deed("See the tree of orgs", RUN, "org list", "GET /orgs", SET_UP),
    Deed("See one org and who holds roles there", RUN, "org show", f"GET {ORG}", SET_UP),
    Deed("Make an org by hand", RUN, "org new", "GET /orgs/new, POST /orgs/new", SET_UP),
    Deed("Change or end an org", RUN, "org edit", f"GET {ORG}/edit, POST {ORG}/edit", SET_UP),
    Deed("List terms", RUN, "term list", "GET /terms", SET_UP),
    Deed("Make a term by hand", RUN, "term new", "GET /terms/new, POST /terms/new", SET_UP),
    Deed("Change or end a term", RUN, "term edit", f"GET {TERM}, POST {TERM}", SET_UP),
    Deed("List courses", RUN, "course list", "GET /courses", SET_UP),
    Deed("Make a course by hand", RUN, "course new",
         "GET /courses/new, POST /courses/new", SET_UP),
    Deed("Change or end a course", RUN, "course edit", f"GET {COURSE}, POST {COURSE}", SET_UP),
    Deed("List sections", RUN, "section list", "GET /sections", SET_UP),
    Deed("See one section and its people", RUN, "section show", f"GET {SECTION}", SET_UP),
    Deed("Make a section by hand", RUN, "section new",
         "GET /sections/new, POST /sections/new", SET_UP),
    Deed("Change or end a section", RUN, "section edit",
         f"GET {SECTION}/edit, POST {SECTION}/edit", SET_UP),
    Deed("Enrol a person", RUN, "section enrol", f"POST {SECTION}/people", SET_UP),
    Deed("End an enrolment", RUN, "section unenrol", f"POST {SECTION}/people/end", SET_UP),
)  # fmt: skip
