"""People and their roles, kept by hand."""
