"""Consent and links."""
