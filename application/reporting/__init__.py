"""Counting results for reports: over mappings, groups of students and places."""
