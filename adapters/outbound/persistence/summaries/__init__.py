"""Results and counts that reports read, kept in the transaction that writes the scores."""
