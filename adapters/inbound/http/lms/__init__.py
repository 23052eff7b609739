"""Consent, links, sends and imports."""
