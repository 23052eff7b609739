"""The library, its forms and plans."""
