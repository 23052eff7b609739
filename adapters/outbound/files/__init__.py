"""Files that are kept beside the database."""
