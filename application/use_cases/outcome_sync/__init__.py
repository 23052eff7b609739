"""Outcomes and rubrics in the LMS."""
