"""The pages of the docs that are made from the code."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from adapters.inbound.http.pages import ROLE_NAMES
from domain.access import REACH, RIGHTS, Right, Role, may
from tests.documents.deeds import Deed, Not
from tests.documents.export import export_page
from tests.documents.surfaces import all_commands, all_deeds, all_routes, every_deed

DOCS = Path(__file__).parents[2] / "docs"
_MADE = "<!-- Made from the code by `make docs`; changes by hand are lost. -->"
NONE = "\N{EN DASH}"
_MEANING = {
    Right.OPEN_TO_ALL: "no sign-in: health, launch, sign-in pages, tool configuration",
    Right.SIGNED_IN: "any person with a session, for what is that person's own",
    Right.RUN_SYSTEM: "rosters, people, roles, keys, LMS sites, matching, settings, audit",
    Right.TEACH: "assessments, scores, links and sends of sections taught",
    Right.SYNC_OUTCOMES: "CSLOs of courses that the person may see, to Canvas",
    Right.KEEP_OUTCOMES: "SLOs, mappings, library, plans and calendar of the person's orgs",
    Right.SCORE: "score in sections taught, or given to the person to score",
    Right.IMPROVE: "action plans and requests for information of what the person may see",
    Right.READ_REPORTS: "results as groups, withheld where they would point at single people",
    Right.SEE_OWN_RESULTS: "a student's own side: released results and own work",
    Right.USE_API: "tokens of one's own for `/api/v1`",
    Right.READ_SCORES: "student-level scores: all, of sections taught, or one's own",
    Right.SEE_EXCHANGE: "links, imports and synchronisations of what the person may see",
}


def documents() -> dict[Path, str]:
    """The content of each page, by its file."""
    return {
        DOCS / "rights.md": _joined(_rights()),
        DOCS / "surfaces.md": _joined(_surfaces()),
        DOCS / "export.md": _joined(("# Export", "", _MADE, *tuple(export_page())[1:])),
    }


def _rights() -> Iterator[str]:
    yield from ("# Rights", "", _MADE, "")
    yield from (
        "Every page, API route and command names one right; a role holds several. A person may",
        "hold several roles in several orgs and acts in one at a time. `domain/access.py` is the",
        "table, `application/viewers.py` the one place that asks how far a role reaches. Tests",
        "walk every route, and every command that takes a person, as every role.",
    )
    yield from ("", "## Roles and rights", "")
    rights = tuple(Right)
    yield from _table(
        ("Role", *rights, "reaches"),
        [
            (ROLE_NAMES[role], *("yes" if may(role, right) else NONE for right in rights),
             REACH[role])
            for role in Role
        ],
    )  # fmt: skip
    yield ""
    yield from _table(
        ("Right", "opens", "held by"),
        [(right, _MEANING[right], _holders(right)) for right in Right],
    )
    yield from ("", "## Pages and API routes", "")
    yield from _table(
        ("Route", "right"), [(f"`{route.way}`", route.right or NONE) for route in all_routes()]
    )
    yield from ("", "## Commands", "")
    yield from (
        "Commands run where the server runs: whoever may start them acts as `command line` and may",
        "do all. With `--as TECH_ID` a command does only what that person's roles allow. The right",
        "is that of the same deed on a page.",
    )
    yield ""
    rights_of = {way: deed.right for deed in every_deed() for way in Deed.several(deed.command)}
    yield from _table(
        ("Command", "corresponds to", "`--as`"),
        [
            (
                f"`attain {words}`",
                rights_of.get(words, NONE),
                "yes" if takes_person(words) else NONE,
            )
            for words in all_commands()
        ],
    )


def takes_person(words: str) -> bool:
    """Whether the command acts for a person named by `--as`."""
    return any("--as" in parameter.opts for parameter in all_commands()[words].params)


def _surfaces() -> Iterator[str]:
    yield from ("# Commands, pages and the API", "", _MADE, "")
    yield from (
        "What can be done, and by which ways. Where a way is missing, the reason stands there. A",
        "test fails when a page, command or API route is named by no line, or is not there.",
    )
    for subject, listed in all_deeds().items():
        yield from ("", f"## {subject.replace('_', ' ').capitalize()}", "")
        yield from _table(
            ("Deed", "command", "page", "API", "right"),
            [
                (deed.name, _ways(deed.command, "attain "), _ways(deed.page), _ways(deed.api),
                 deed.right)
                for deed in listed
            ],
        )  # fmt: skip


def _holders(right: Right) -> str:
    return ", ".join(ROLE_NAMES[role] for role in Role if right in RIGHTS[role])


def _ways(ways: str | Not, before: str = "") -> str:
    if isinstance(ways, Not):
        return f"{NONE} ({ways.reason})"
    return "<br>".join(f"`{before}{one}`" for one in Deed.several(ways))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"| {' | '.join('---' for _ in header)} |"
    for row in rows:
        yield f"| {' | '.join(str(cell) for cell in row)} |"


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
