"""Assessments, the library, plans and the calendar."""
