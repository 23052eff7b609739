"""Who acts when a command runs without a person: in the audit trail, and as a viewer."""

from application.viewers import Viewer

ACTOR = "command line"
TERMINAL = Viewer(None, None)
"""Sees everything: whoever sits at the machine has the database anyway."""
