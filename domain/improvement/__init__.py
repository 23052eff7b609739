"""What follows from results: action plans, and requests for information."""
