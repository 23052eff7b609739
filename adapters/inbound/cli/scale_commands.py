"""`attain scale`: scales, their versions, the default, and the mastery levels."""

from decimal import Decimal, InvalidOperation

import rich_click as click

from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.errors import Invalid
from application.use_cases.slos.keep_mastery import MasteryDraft, SaveMasteryCommand
from application.use_cases.slos.keep_scales import LevelDraft, SaveScaleCommand, ScaleOutcome
from domain.scale import AssessmentScale
from domain.score import plain

_LEVELS = click.option(
    "--level",
    "levels",
    multiple=True,
    required=True,
    metavar="POINTS=LABEL:MASTERY[:TEXT]",
    help="One score level with its mastery level and default descriptor; repeat it.",
)


@click.group()
def scale() -> None:
    """Assessment scales."""


@scale.command("list")
@json_option
@click.pass_obj
def list_scales(bench: Workbench, *, as_json: bool) -> None:
    """List the scales, the default first, with every version."""
    with bench.open_house() as house:
        scales = house.registers.outcomes().scales
    if as_json:
        print_json(scales)
        return
    rows = [
        (s.code, s.version, s.is_default, s.name,
         [f"{plain(level.points)} {level.label}" for level in s.levels])
        for s in scales
    ]  # fmt: skip
    header = ("code", "version", "default", "name", "levels")
    print_table(header, rows, "There is no scale yet. See `attain scale new --help`.")


@scale.command()
@click.argument("code")
@json_option
@click.pass_obj
def show(bench: Workbench, code: str, *, as_json: bool) -> None:
    """Show a scale with its levels and former versions."""
    with bench.open_house() as house:
        listed = house.scale_list().scale(code)
    if listed is None:
        raise Invalid("scale", f"no scale has the code {code}.")
    if as_json:
        print_json(listed)
        return
    one = listed.scale
    words = ["default"] if one.is_default else []
    words.append("in use" if listed.used else "not used yet")
    say(f"{one.code}  {one.name}, version {one.version}, {', '.join(words)}")
    rows = [
        (plain(level.points), level.label, level.mastery.name, level.mastery.met, level.descriptor)
        for level in reversed(one.levels)
    ]
    print_table(("points", "label", "mastery", "met", "descriptor"), rows, "")
    for old in listed.former:
        levels = ", ".join(f"{plain(level.points)} {level.label}" for level in old.levels)
        say(f"Version {old.version}: {levels}")


@scale.command()
@click.argument("code")
@click.option("--name", required=True)
@_LEVELS
@click.pass_obj
def new(bench: Workbench, code: str, name: str, levels: tuple[str, ...]) -> None:
    """Make a scale; the first one is the default."""
    drafts = tuple(_level(one) for one in levels)
    with bench.open_house() as house:
        viewer = house.acting_viewer(None)
        saved = house.save_scale(SaveScaleCommand(viewer, None, code, name, drafts))
    say(f"Made {saved.scale.code}.")


@scale.command()
@click.argument("code")
@click.option("--name")
@_LEVELS
@click.pass_obj
def edit(bench: Workbench, code: str, name: str | None, levels: tuple[str, ...]) -> None:
    """Give a scale other levels; one in use gets a new version."""
    drafts = tuple(_level(one) for one in levels)
    with bench.open_house() as house:
        listed = house.scale_list().scale(code)
        if listed is None:
            raise Invalid("scale", f"no scale has the code {code}.")
        viewer, before = house.acting_viewer(None), listed.scale
        command = SaveScaleCommand(viewer, before.id, code, name or before.name, drafts)
        saved = house.save_scale(command)
    say(_told(saved.scale, saved.outcome))


@scale.command()
@click.argument("code")
@click.pass_obj
def default(bench: Workbench, code: str) -> None:
    """Make a scale the default."""
    with bench.open_house() as house:
        house.make_default_scale(house.acting_viewer(None), code)
    say(f"{code} is the default scale.")


_NO_MASTERY = (
    "There is no mastery level yet. Make them all at once, lowest first: `attain scale mastery"
    " --level below=Below --level meets=Meets --threshold meets`."
)


@scale.command()
@click.option("--level", "levels", multiple=True, metavar="CODE=NAME", help="Lowest first.")
@click.option("--threshold", metavar="CODE", help="The lowest level that is met.")
@json_option
@click.pass_obj
def mastery(
    bench: Workbench, levels: tuple[str, ...], threshold: str | None, *, as_json: bool
) -> None:
    """Show the mastery levels; with --level or --threshold, change them."""
    with bench.open_house() as house:
        view = house.scale_list()
        if levels or threshold:
            drafts = [_mastery(one) for one in levels] or [
                MasteryDraft(one.level.code, one.level.name) for one in view.mastery
            ]
            command = SaveMasteryCommand(
                house.acting_viewer(None), tuple(drafts), threshold or view.threshold
            )
            saved = house.save_mastery(command)
            for code in saved.new_versions:
                say(f"{code} is in use, so a new version of it was made.")
            view = house.scale_list()
    if as_json:
        print_json([one.level for one in view.mastery])
        return
    rows = [(one.level.code, one.level.name, one.level.met, one.held) for one in view.mastery]
    print_table(("code", "name", "met", "in a scale"), rows, _NO_MASTERY)


def _level(written: str) -> LevelDraft:
    points, equals, rest = written.partition("=")
    label, _, tail = rest.partition(":")
    mastery_code, _, text = tail.partition(":")
    try:
        number = Decimal(points.strip())
    except InvalidOperation:
        number = None
    if not equals or number is None or not mastery_code.strip():
        raise Invalid("level", f"'{written}' is none; write POINTS=LABEL:MASTERY[:TEXT].")
    return LevelDraft(number, label.strip(), text.strip(), mastery_code.strip())


def _mastery(written: str) -> MasteryDraft:
    code, equals, name = written.partition("=")
    if not equals:
        raise Invalid("level", f"'{written}' is none; write CODE=NAME.")
    return MasteryDraft(code.strip(), name.strip())


def _told(scale: AssessmentScale, outcome: ScaleOutcome) -> str:
    match outcome:
        case ScaleOutcome.NEW_VERSION:
            return f"{scale.code} is in use, so version {scale.version} was made; it keeps the old."
        case ScaleOutcome.SAME:
            return "Nothing differs."
        case _:
            return f"{scale.code} is saved."
