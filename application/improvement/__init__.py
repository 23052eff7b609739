"""Action plans and requests for information: who sees them, and what their steps share."""
