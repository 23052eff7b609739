"""TCP ports: granian starts silently on a taken one and cannot report which one it chose."""

import socket

from entrypoints.startup import PortTaken


def free_port(host: str, wanted: int) -> int:
    """The wanted port if it can be bound, any free one for 0.

    Raises:
        PortTaken: somebody else has it.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError:
            raise PortTaken(host, wanted) from None
        return int(probe.getsockname()[1])
