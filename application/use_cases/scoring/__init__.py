"""Scores, counts, reflections and their release."""
