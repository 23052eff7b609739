"""`python -m sandbox.canvas --seed FILE --port N`: serve a practice Canvas."""

import argparse
import asyncio
import os
import sys
from pathlib import Path

import msgspec

from sandbox.canvas.app import Canvas
from sandbox.canvas.seed import read_seed
from sandbox.canvas.serving import PortTaken, free_port, serve

USAGE_ERROR = 2


def parser() -> argparse.ArgumentParser:
    arguments = argparse.ArgumentParser(prog="python -m sandbox.canvas", description=__doc__)
    arguments.add_argument("--seed", type=Path, required=True, help="JSON file to start with")
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--parent-pid", type=int, help="stop when this process is gone")
    arguments.add_argument("--jobs", choices=["auto", "manual"], default="auto")
    arguments.add_argument("--latency", type=float, default=0.0, help="seconds for each API call")
    return arguments


def main(argv: list[str] | None = None) -> int:
    given = parser().parse_args(argv)
    try:
        seed = read_seed(given.seed)
        port = free_port(given.host, given.port)
    except OSError as error:
        return _complain(f"The seed cannot be read: {error.strerror}: {given.seed}")
    except msgspec.DecodeError as error:
        return _complain(f"The seed {given.seed} is not right: {error}")
    except PortTaken as error:
        return _complain(str(error))
    canvas = Canvas(seed, jobs=given.jobs, latency=given.latency)
    asyncio.run(serve(canvas, given.host, port, given.parent_pid))
    return 0


def _complain(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return USAGE_ERROR


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    # Threads of granian's runtime may still be ending; an interpreter that is torn down under
    # them aborts now and then.
    os._exit(status)
