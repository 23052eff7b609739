"""Long lists by key: a few set-shaped statements, however long the table is."""
