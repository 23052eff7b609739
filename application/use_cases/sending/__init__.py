"""Scores on their way to the LMS gradebook."""
