"""Evidence as pages and programs read it."""
