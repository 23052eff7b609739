"""Who gets in, and where a person begins."""
