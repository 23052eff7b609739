"""How a send stands."""
