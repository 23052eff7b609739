"""Outcomes in the LMS."""
