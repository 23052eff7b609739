"""People as registers and their pages show them."""
