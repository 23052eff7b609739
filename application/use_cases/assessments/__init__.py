"""Assessments defined, planned and put on sections."""
