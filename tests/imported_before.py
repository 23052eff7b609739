"""What commands and jobs import when they need it, imported once for all that are forked."""

import sys
from importlib import import_module

import entrypoints.bootstrap
import entrypoints.cli
import entrypoints.worker  # noqa: F401 all three for what waits in them
from application.later import StandIn

_OURS = ("application.", "adapters.outbound.persistence.")
_WAITING = [
    value.module
    for name, module in [*sys.modules.items()]
    if name.startswith(("adapters.", "application.", "entrypoints."))
    for value in vars(module).values()
    if isinstance(value, StandIn) and value.module.startswith(_OURS)
]

for _name in _WAITING:
    import_module(_name)
