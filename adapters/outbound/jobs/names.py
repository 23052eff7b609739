"""Names that stand in stored rows: they never move with the code.

`dbos` finds the workflow of a stored job by these texts, so changing one strands every
job that is queued or running.
"""

APPLICATION = "attain"
VERSION = "1"
"""Fixed, because dbos only runs jobs of its own version; see docs/decisions/0005."""
SCHEMA = "dbos"
QUEUE = "jobs"
CLASS = "Jobs"
INSTANCE = "default"
WORKFLOW = "job"
PROGRESS = "progress"
PROGRESS_STEP = "DBOS.setEvent"
"""How dbos itself names the recorded step of setting an event."""


def executor_of(slot: int) -> str:
    """The executor id of the worker that holds this slot."""
    return f"worker-{slot}"
