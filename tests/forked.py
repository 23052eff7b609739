"""Commands of `attain` in processes of their own, forked from one that has imported all of it.

A start from nothing costs seconds of imports each time, and these tests start hundreds. How a
real start goes is for `tests.entrypoints` and for all that serves.
"""

import os
import sys
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

from entrypoints.cli import main

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.forked", "tests.crash.dying", "tests.imported_before"])


@dataclass(frozen=True, slots=True)
class Output:
    """Files to which a process adds what it says."""

    told: Path
    complained: Path


def forked(words: tuple[str, ...], environment: dict[str, str], output: Output) -> BaseProcess:
    """`attain WORDS`, begun."""
    process = FORKS.Process(target=_attain, args=(words, environment, output))
    process.start()
    return process


def completed(words: tuple[str, ...], environment: dict[str, str]) -> CompletedProcess[str]:
    """`attain WORDS`, run to its end."""
    with TemporaryDirectory() as folder:
        output = Output(Path(folder, "told"), Path(folder, "complained"))
        process = forked(words, environment, output)
        process.join()
        return CompletedProcess(
            words, process.exitcode or 0, output.told.read_text(), output.complained.read_text()
        )


def become(words: tuple[str, ...], environment: dict[str, str], output: Output) -> None:
    """What a forked process needs before it is the command."""
    os.environ.clear()
    os.environ.update(environment)
    for file, number in ((output.told, 1), (output.complained, 2)):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = ["attain", *words]


def _attain(words: tuple[str, ...], environment: dict[str, str], output: Output) -> None:
    become(words, environment, output)
    main()
