"""What a college decides for itself."""
