"""Students' own side, and learning activities."""
