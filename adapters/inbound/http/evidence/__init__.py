"""Evidence, wherever it is seen."""
