"""Scores that teachers gave on rubrics in the LMS, and how they become scores here."""
