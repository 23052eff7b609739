"""People, their roles and their ways in."""
