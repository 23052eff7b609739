"""Reports, and how they are handed out."""
