"""Pages of long lists, as their addresses name them."""


def page_asked(text: str) -> int:
    """The page that an address asks for; the first for anything that is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1  # noqa: PLR2004
