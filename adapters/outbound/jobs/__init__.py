"""Durable background work on `dbos`, the only room that knows it, and its in-memory twin."""
