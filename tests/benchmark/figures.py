"""What a bench measured, and the table in which it is printed."""

import os
import platform
import statistics
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

RUNS = 5
"""Rounds of each bench; the median of them is printed."""


class NotMeasurable(Exception):
    """Something that the bench needs is missing here; the message says what."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `ratio` is how many times better than the peer we are."""

    what: str
    ours: str
    peer: str = ""
    ratio: str = ""
    target: str = ""


_HEADS = Figure("what", "ours", "peer", "ratio", "target")


def against(
    what: str, ours: float, peer: float, unit: str, *, peer_name: str, target: str
) -> Figure:
    """A figure of which less is better, beside that of a peer."""
    theirs = f"{peer:.1f} {unit} {peer_name}"
    return Figure(what, f"{ours:.1f} {unit}", theirs, f"{peer / ours:.2f}x", target)


def medians(contestants: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """The median of each; rounds go in turn, so that a busy machine is unfair to all alike."""
    rounds = [{name: measure() for name, measure in contestants.items()} for _ in range(RUNS)]
    return {name: statistics.median(each[name] for each in rounds) for name in contestants}


def median(measure: Callable[[], float]) -> float:
    return medians({"": measure})[""]


def machine() -> str:
    """Processor, cores, load and Python, in one line."""
    load = ", ".join(f"{each:.2f}" for each in os.getloadavg())
    return (
        f"{_processor()}, {os.cpu_count()} cores; load average {load}; "
        f"{platform.python_implementation()} {platform.python_version()}; "
        f"median of {RUNS} rounds"
    )


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def table(figures: Iterable[Figure]) -> str:
    rows = [astuple(figure) for figure in (_HEADS, *figures)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join([lines[0], rule, *lines[1:]])
