"""`attain settings`: what the college decides for itself: rounding, small groups, time, words."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.college_rules import WORDS, CollegeRules
from application.loading.reading import written
from application.rosters.read_options import ReadOptions
from application.rosters.role_words import ENROLMENT_ROLES, GRANTS, changed, pair_in, pairs_of
from application.use_cases.settings.college_settings import SaveCollegeRulesCommand
from application.use_cases.settings.roster_settings import SaveRosterReadingCommand

_KEYS = tuple(word.key for word in WORDS)


@click.group()
def settings() -> None:
    """Rounding, the smallest group in reports, the time zone, the college's own words."""


@settings.command()
@json_option
@click.pass_obj
def show(bench: Workbench, *, as_json: bool) -> None:
    """Show what is set."""
    with bench.open_house() as house:
        rules = house.read_college_rules()
    if as_json:
        print_json(rules)
    else:
        own = [(w.key, w.one, w.many) for w in rules.words.values()]
        numbers = [
            ("decimals", rules.decimals, ""),
            ("small-group", rules.small_group, ""),
            ("time-zone", rules.time.zone, ""),
        ]
        print_table(("setting", "value", "for many"), [*numbers, *own], "")


@settings.command("rosters")
@click.option("--tech-id", metavar="COLUMN", help="Where OneRoster has the Tech ID.")
@click.option("--tech-id-width", metavar="DIGITS", help="Put zeros back before shorter numbers.")
@click.option("--course-code", metavar="PATTERN", help="Of catalogue codes in Canvas files.")
@click.option("--demographics", metavar="NAMES", help="Attributes to keep, between commas.")
@click.option(
    "--grant",
    "grants",
    multiple=True,
    metavar="WORD=ROLE",
    help="A role that this word of OneRoster's roles.csv gives in the org of its row: coordinator, "
    "evaluator or reader. WORD= takes it away. Repeatable.",
)
@click.option(
    "--enrolment-role",
    "enrolment_roles",
    multiple=True,
    metavar="WORD=teacher|student",
    help="What a word of the college's own means in enrolments; WORD= takes it away. Repeatable.",
)
@json_option
@click.pass_obj
def set_rosters(
    bench: Workbench,
    tech_id: str | None,
    tech_id_width: str | None,
    course_code: str | None,
    demographics: str | None,
    grants: tuple[str, ...],
    enrolment_roles: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Show how rosters are read, and change what is named; the rest stays."""
    given = [pair_in(text, GRANTS) for text in grants]
    places = [pair_in(text, ENROLMENT_ROLES) for text in enrolment_roles]
    with bench.open_house() as house:
        now = written(house.read_roster_reading())
        typed = replace(
            now,
            tech_id=now.tech_id if tech_id is None else tech_id,
            tech_id_width=now.tech_id_width if tech_id_width is None else tech_id_width,
            course_code=now.course_code if course_code is None else course_code,
            demographics=now.demographics if demographics is None else demographics,
            grants=changed(now.grants, given),
            enrolment_roles=changed(now.enrolment_roles, places),
        )
        reading = house.save_roster_reading(SaveRosterReadingCommand(ACTOR, typed))
    if as_json:
        print_json(reading)
    else:
        print_table(("setting", "value"), _rows(reading), "")


def _rows(reading: ReadOptions) -> list[tuple[str, object]]:
    return [
        ("tech-id", reading.tech_id),
        ("tech-id-width", reading.tech_id_width),
        ("course-code", reading.course_code or "the whole Course Code"),
        ("demographics", sorted(reading.demographics) or "none"),
        (GRANTS, _pairs(reading.grants)),
        (ENROLMENT_ROLES, _pairs(reading.enrolment_roles)),
    ]


def _pairs(meant: Mapping[str, StrEnum]) -> list[str] | str:
    return [f"{word}={role}" for word, role in pairs_of(meant)] or "none"


@settings.command()
@click.argument("switch", type=click.Choice(["allow", "close", "show"]), default="show")
@click.pass_obj
def profiles(bench: Workbench, switch: str) -> None:
    """Whether Data Stewards may open the released results of single students."""
    with bench.open_house() as house:
        if switch != "show":
            house.set_profile_policy(ACTOR, allowed=switch == "allow")
        allowed = house.read_profile_policy()
    say("Allowed, with a reason each time." if allowed else "Closed.")


@settings.command()
@click.argument("tech_id")
@click.pass_obj
def mail(bench: Workbench, tech_id: str) -> None:
    """Send a test mail to the person with this Tech ID."""
    with bench.open_house() as house:
        person_id = house.lookup.person(tech_id)
        house.run(house.send_test_mail(ACTOR, person_id))
    say("The mail server took it.")


@settings.command("set")
@click.option("--decimals", metavar="0|1|2", help="Of a recommended score.")
@click.option("--small-group", metavar="COUNT", help="Fewer students are withheld in reports.")
@click.option(
    "--time-zone", metavar="NAME", help="Such as America/Chicago; days and times follow it."
)
@click.option(
    "--word", "words", nargs=3, multiple=True, metavar="KEY ONE MANY",
    help=f"Your word for one of ours, twice empty for ours again. KEY: {', '.join(_KEYS)}.",
)  # fmt: skip
@click.pass_obj
def set_rules(
    bench: Workbench,
    decimals: str | None,
    small_group: str | None,
    time_zone: str | None,
    words: tuple[tuple[str, str, str], ...],
) -> None:
    """Change what is named; the rest stays."""
    unknown = [key for key, _, _ in words if key not in _KEYS]
    if unknown:
        raise click.UsageError(f"No word has the key {unknown[0]}. Keys: {', '.join(_KEYS)}.")
    with bench.open_house() as house:
        now: CollegeRules = house.read_college_rules()
        own = {word.key: (word.one, word.many) for word in now.words.values()}
        own |= {key: (one, many) for key, one, many in words}
        house.save_college_rules(
            SaveCollegeRulesCommand(
                ACTOR,
                str(now.decimals) if decimals is None else decimals,
                str(now.small_group) if small_group is None else small_group,
                own,
                now.time.zone if time_zone is None else time_zone,
            )
        )
    say("Saved.")
