"""What the pages of an assessment in a section share."""
