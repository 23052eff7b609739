"""Action plans and requests for information."""
