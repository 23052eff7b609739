"""Who acts, in the audit trail, when a command runs."""

ACTOR = "command line"
