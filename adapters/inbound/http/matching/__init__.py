"""The identity console."""
