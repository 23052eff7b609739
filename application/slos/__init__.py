"""Keeping SLOs: who may change which, their wordings, and what files bring."""
