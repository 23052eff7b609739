"""Children that leave when their parent dies, also when it was killed."""

import os
import signal
from threading import Thread
from time import sleep

_SECONDS = 0.5


def leave_with_parent() -> None:
    """Send this process SIGTERM once the process that started it is gone."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            sleep(_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=watch, daemon=True, name="lifeline").start()
