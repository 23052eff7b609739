"""Mail to those who are awaited."""
