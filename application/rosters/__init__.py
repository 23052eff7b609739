"""A roster file against what is stored: what would be added, changed and ended."""
