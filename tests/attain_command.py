"""`attain` as a program in another terminal, beside a demo that runs."""

import json
import os
from typing import Any

from entrypoints.demo import Demo
from tests.forked import completed


def attain(demo: Demo, *args: str) -> str:
    """What the command prints; it must end well."""
    inherited = {name: value for name, value in os.environ.items() if "ATTAIN_" not in name}
    done = completed(args, {**inherited, **demo.settings})
    assert done.returncode == 0, (args, done.returncode, done.stdout, done.stderr)
    return done.stdout


def told(demo: Demo, *args: str) -> Any:
    """What the command says as JSON."""
    return json.loads(attain(demo, *args, "--json"))


def without_lti(demo: Demo) -> None:
    """Launches are switched off, and no consumer key is left."""
    attain(demo, "lti", "disable")
    attain(demo, "lti", "key", "revoke", demo.credentials.key)
