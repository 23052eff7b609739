"""What the system keeps of itself."""
