"""Where work stands, and who is reminded."""
