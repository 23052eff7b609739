"""A roster against what is stored: what would be added, changed and ended, and doing it."""
