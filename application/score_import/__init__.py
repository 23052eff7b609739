"""Scores given in the LMS: what was read, whose they are, and how they are written."""
