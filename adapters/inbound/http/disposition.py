"""The header that has a browser save an answer under a name, whatever signs the name has."""

from urllib.parse import quote


def attachment(name: str) -> str:
    """RFC 6266: plain ASCII for old readers, the true name by RFC 8187 for all others."""
    plain = "".join(sign if sign.isascii() and sign.isprintable() else "_" for sign in name)
    plain = plain.replace("\\", "_").replace('"', "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
