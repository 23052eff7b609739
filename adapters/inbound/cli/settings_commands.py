"""`attain settings`: what the college decides for itself: rounding, small groups, words."""

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.college_rules import WORDS, CollegeRules
from application.use_cases.college_settings import SaveCollegeRulesCommand

_KEYS = tuple(word.key for word in WORDS)


@click.group()
def settings() -> None:
    """Rounding, the smallest group in reports, the college's own words."""


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
        numbers = [("decimals", rules.decimals, ""), ("small-group", rules.small_group, "")]
        print_table(("setting", "value", "for many"), [*numbers, *own], "")


@settings.command("set")
@click.option("--decimals", metavar="0|1|2", help="Of a recommended score.")
@click.option("--small-group", metavar="COUNT", help="Fewer students are withheld in reports.")
@click.option(
    "--word", "words", nargs=3, multiple=True, metavar="KEY ONE MANY",
    help=f"Your word for one of ours, twice empty for ours again. KEY: {', '.join(_KEYS)}.",
)  # fmt: skip
@click.pass_obj
def set_rules(
    bench: Workbench,
    decimals: str | None,
    small_group: str | None,
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
            )
        )
    say("Saved.")
