"""What a web process does without until it is needed: each costs seconds or megabytes."""

import subprocess
import sys

SLOW = ("alembic", "dbos", "psycopg", "sandbox", "sqlalchemy.orm")


def test_a_web_process_starts_without_what_only_others_need() -> None:
    program = f"import sys, entrypoints.http; print([n for n in {SLOW!r} if n in sys.modules])"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
