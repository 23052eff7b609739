"""`python -m tests.benchmark [NAME ...]`: measure, and print; nothing is asserted.

Run it by `make bench`, whose environment holds the peers.
"""

import sys
from collections.abc import Callable, Sequence

from tests.benchmark import (
    bench_decode,
    bench_documents,
    bench_grades,
    bench_launch_http,
    bench_launch_verification,
    bench_outcomes,
    bench_rosters,
    bench_scorecard,
    bench_start,
    bench_submissions,
)
from tests.benchmark.figures import Figure, NotMeasurable, machine, table

BENCHES: dict[str, Callable[[], list[Figure]]] = {
    "launch-verification": bench_launch_verification.measure,
    "launch-http": bench_launch_http.measure,
    "scorecard": bench_scorecard.measure,
    "documents": bench_documents.measure,
    "start": bench_start.measure,
    "grades": bench_grades.measure,
    "submissions": bench_submissions.measure,
    "decode": bench_decode.measure,
    "outcomes": bench_outcomes.measure,
    "rosters": bench_rosters.measure,
}
_USAGE = 2


def main(names: Sequence[str]) -> int:
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        sys.stderr.write(
            f"There is no bench {', '.join(unknown)}; choose of {', '.join(BENCHES)}.\n"
        )
        return _USAGE
    say(machine())
    figures = [figure for name in names or BENCHES for figure in _figures(name)]
    say(table(figures))
    say(machine())
    return 0


def _figures(name: str) -> list[Figure]:
    """What a bench measured, or one line that says why it could not."""
    sys.stderr.write(f"measuring {name} ...\n")
    try:
        return BENCHES[name]()
    except NotMeasurable as error:
        return [Figure(name, f"not measured: {error}")]


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
