"""`docs/api.md` is true: its table is the routes, and its program runs against a server."""

import os
import re
import subprocess
import sys
from pathlib import Path

from litestar.handlers import HTTPRouteHandler

from adapters.inbound.http.api.doors import ROOT
from adapters.inbound.http.api.routes import ROUTES
from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from tests.browser.serving import HOST, free_port, serving_app
from tests.http.api_house import ApiHouse
from tests.http.whole import WholeHouse
from tests.stand_ins import FixedClock

DOC = (Path(__file__).parents[2] / "docs/api.md").read_text("utf-8")


def test_the_table_is_the_routes() -> None:
    told = dict(re.findall(r"^\| ((?:GET|POST|PUT|PATCH) /\S*) \| ([^|]+) \|", DOC, re.MULTILINE))
    there = {
        f"{method} {re.sub(':[a-z]+', '', path.removeprefix(ROOT))}": str(handler.opt["right"])
        for handler in ROUTES
        if isinstance(handler, HTTPRouteHandler)
        for path in handler.paths
        for method in handler.http_methods - {"OPTIONS", "HEAD"}
    }

    assert told == there


def test_its_program_runs_from_outside(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> None:
    """Only what the document says is used: an address, a token, and an HTTP client."""
    port = free_port()
    url = f"http://{HOST}:{port}"
    whole = WholeHouse(memory_units, memory_jobs, clock, base_url=url)
    house = ApiHouse(whole)
    (program,) = re.findall(r"```python\n(.*?)```", DOC, re.DOTALL)
    told = {"ATTAIN": f"{url}{ROOT}", "TOKEN": house.token("stew")}

    with serving_app(whole.app(), port):
        ran = subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, **told},
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    assert ran.returncode == 0, ran.stderr[-2000:]
    assert ran.stdout.splitlines() == [
        "ENGL101-01 2", "ENGL101-02 0", "HIST1-01 1", "Write: past (revised) version 2",
    ]  # fmt: skip
