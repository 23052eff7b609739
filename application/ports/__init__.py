"""What the application needs from outside, as roles. The docstrings are the contracts."""
