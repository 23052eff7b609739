"""Evidence: who may bring, see and end it, and how a file comes in."""
