"""What is due for a person who teaches."""
