"""The tabs of an assessment in a section."""
