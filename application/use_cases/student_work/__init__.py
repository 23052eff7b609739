"""What students do: learning activities and self-assessment."""
