"""What is due for a person: one source a kind of work, gathered on Home."""
