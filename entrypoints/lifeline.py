"""Children that leave when their parent dies, also when it was killed."""

import os
import signal
from threading import Thread
from time import sleep

_SECONDS = 0.5


def leave_with_parent(parent: int) -> None:
    """Send this process SIGTERM once the process that started it is gone.

    The parent is named by its id, since it may be gone before this is called. The signal
    is repeated: a process that is only starting may not heed the first one.
    """

    def watch() -> None:
        while os.getppid() == parent:
            sleep(_SECONDS)
        while True:
            os.kill(os.getpid(), signal.SIGTERM)
            sleep(_SECONDS)

    Thread(target=watch, daemon=True, name="lifeline").start()
