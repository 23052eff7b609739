"""A student's own side, and learning activities."""
