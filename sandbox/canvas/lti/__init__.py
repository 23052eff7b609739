"""The LTI 1.x consumer: what Canvas puts into a launch, and how it signs it."""
