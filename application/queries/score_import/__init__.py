"""Scores that were given in the LMS."""
