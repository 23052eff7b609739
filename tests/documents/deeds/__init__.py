"""What can be done with Attain: one module a subject, each with a tuple `DEEDS`.

A new page, command or API route is named in the deed that it does, or in `ASIDE` of
`tests.documents.surfaces` when it does none. A test fails until it is; `make docs` then writes
`docs/surfaces.md` and `docs/rights.md` anew.
"""

from dataclasses import dataclass

from domain.access import Right


@dataclass(frozen=True, slots=True)
class Not:
    """There is no such way to do it, for this reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody does, and the ways to do it.

    `command` is one or several, without `attain`, parted by commas; `page` and `api` are
    method and path as registered. All pages of a deed ask for its `right`.
    """

    name: str
    right: Right
    command: str | Not
    page: str | Not
    api: str | Not

    @staticmethod
    def several(ways: str | Not) -> tuple[str, ...]:
        return () if isinstance(ways, Not) else tuple(one.strip() for one in ways.split(","))


OWN = Not("a person's own doing, in the browser")
SET_UP = Not("set-up is done by page or command")
AT_WORK = Not("work of faculty, on its page")
ON_SERVER = Not("done where the server runs")
NO_PAGE = Not("for scripts and terminals")
PAGE_ONLY = Not("a step of a page; the command does it by itself")
NO_COMMAND = Not("needs the person's own eyes and consent")
