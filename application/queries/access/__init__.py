"""Who acts, sessions and tokens."""
