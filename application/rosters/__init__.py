"""What a roster says, in the words of the house, and loads as they are remembered."""
