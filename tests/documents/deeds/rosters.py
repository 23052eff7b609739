"""Rosters and what they hold."""

from domain.access import Right
from tests.documents.deeds import SET_UP, Deed

RUN = Right.RUN_SYSTEM
LOAD = "/loads/{run_id:str}"
ORG, SECTION = "/orgs/{org_id:str}", "/sections/{section_id:str}"
TERM, COURSE = "/terms/{term_id:str}", "/courses/{course_id:str}"
DEEDS = (
    Deed("Load a roster", RUN, "load oneroster, load canvas-sis, load data-load",
         f"GET /loads/new, POST /loads/new, GET {LOAD}, POST {LOAD}/apply, "
         f"POST {LOAD}/drop", SET_UP),
    Deed("See loads and what they found", RUN, "load runs, load findings",
         f"GET /loads, GET {LOAD}/findings.csv",
         "GET /api/v1/load-runs, GET /api/v1/load-runs/{load_id:str}"),
    Deed("Take the last load back", RUN, "load undo", f"POST {LOAD}/undo", SET_UP),
    Deed("Compare Section Titles with Canvas", RUN, "load check", "GET /loads/check", SET_UP),
    Deed("Set how rosters are read", RUN, "settings rosters",
         "GET /settings/rosters, POST /settings/rosters", SET_UP),
    Deed("See the tree of orgs", RUN, "org list", "GET /orgs", "GET /api/v1/orgs"),
    Deed("See one org and who holds roles there", RUN, "org show", f"GET {ORG}",
         "GET /api/v1/orgs/{org_id:str}"),
    Deed("Make an org by hand", RUN, "org new", "GET /orgs/new, POST /orgs/new", SET_UP),
    Deed("Change or end an org", RUN, "org edit", f"GET {ORG}/edit, POST {ORG}/edit", SET_UP),
    Deed("List terms", RUN, "term list", "GET /terms",
         "GET /api/v1/terms, GET /api/v1/terms/{term_id:str}"),
    Deed("Make a term by hand", RUN, "term new", "GET /terms/new, POST /terms/new", SET_UP),
    Deed("Change or end a term", RUN, "term edit", f"GET {TERM}, POST {TERM}", SET_UP),
    Deed("List courses", RUN, "course list", "GET /courses",
         "GET /api/v1/courses, GET /api/v1/courses/{course_id:str}"),
    Deed("Make a course by hand", RUN, "course new",
         "GET /courses/new, POST /courses/new", SET_UP),
    Deed("Change or end a course", RUN, "course edit", f"GET {COURSE}, POST {COURSE}", SET_UP),
    Deed("List sections", RUN, "section list", "GET /sections", "GET /api/v1/sections"),
    Deed("See one section and its people", RUN, "section show", f"GET {SECTION}",
         "GET /api/v1/sections/{section_id:str}, GET /api/v1/enrolments, "
         "GET /api/v1/enrolments/{enrolment_id:str}"),
    Deed("Make a section by hand", RUN, "section new",
         "GET /sections/new, POST /sections/new", SET_UP),
    Deed("Change or end a section", RUN, "section edit",
         f"GET {SECTION}/edit, POST {SECTION}/edit", SET_UP),
    Deed("Enrol a person", RUN, "section enrol", f"POST {SECTION}/people", SET_UP),
    Deed("End an enrolment", RUN, "section unenrol", f"POST {SECTION}/people/end", SET_UP),
)  # fmt: skip
