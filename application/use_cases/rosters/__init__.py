"""Rosters loaded and undone; orgs, terms, courses and sections by hand."""
