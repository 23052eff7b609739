"""The command tree: loaded branch by branch, and the one place where errors end."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

import rich_click as click
from click.exceptions import Abort, ClickException, Exit

from adapters.inbound.cli.messages import explain
from adapters.inbound.cli.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a command lives, `module:name`, and its line in the help."""

    place: str
    help: str


class LazyCommand(click.RichCommand):
    """Stands in the help; the module of the real command is loaded when it is used."""

    def __init__(self, name: str, branch: Branch) -> None:
        super().__init__(name=name, short_help=branch.help, help=branch.help)
        self._place = branch.place

    def loaded(self) -> click.Command:
        module, _, attribute = self._place.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: object,
    ) -> click.RichContext:
        made = self.loaded().make_context(info_name, args, parent, **extra)
        assert isinstance(made, click.RichContext)  # noqa: S101 ours all are
        return made


class Tree(click.RichGroup):
    """The root. Errors end here as one line on stderr and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 of the library
        """In the order of use, not of the alphabet."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            answer: object = super().invoke(ctx)
        except (ClickException, Exit, Abort, BrokenPipeError):  # the last: `attain … | head`
            raise
        except Exception as error:  # noqa: BLE001 the edge of the command line
            _end(ctx, error)
        else:
            return answer
        return None


def _end(ctx: click.Context, error: Exception) -> None:
    bench = ctx.find_object(Workbench)
    message = explain(error, bench.refusals if bench else {})
    if ctx.params.get("debug"):
        click.echo("".join(traceback.format_exception(error)), err=True)
    click.echo(message.sentence, err=True)
    ctx.exit(message.exit_code)


def grow(root: click.RichGroup, branches: Mapping[str, Branch]) -> None:
    for name, branch in branches.items():
        root.add_command(LazyCommand(name, branch), name)
