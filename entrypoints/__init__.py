"""Choosing: the only place that reads the environment and names concrete classes."""
