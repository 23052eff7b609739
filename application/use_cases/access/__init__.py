"""Who gets in: launches, sign-in, sessions, passwords, tokens."""
