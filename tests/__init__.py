"""Tests, and what they share; a package, because a dependency of the benches ships a `tests`."""
