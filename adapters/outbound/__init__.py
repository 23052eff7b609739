"""What we reach: databases, the LMS, background work, secrets, the clock."""
