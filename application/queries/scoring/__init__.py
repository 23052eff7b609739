"""The pages on which an assessment in a section is scored."""
