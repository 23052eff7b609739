"""Loads, and orgs, terms, courses and sections by hand."""
