"""Where files lie: the folder of the data directory, or the store that an address names."""

from pathlib import Path
from urllib.parse import urlsplit

from obstore.store import LocalStore, ObjectStore, from_url

_OWN_FOLDER = "evidence"


def open_place(url: str, data: Path) -> ObjectStore:
    """The folder is made when it is missing, for the server's account alone.

    A service takes region, endpoint and credentials from the variables that its own tools
    read, such as `AWS_ACCESS_KEY_ID` and `AWS_ENDPOINT_URL`.

    Raises: BaseError of obstore when the address names no store.
    """
    if not url:
        return _folder(data / _OWN_FOLDER)
    parts = urlsplit(url)
    if parts.scheme == "file":
        return _folder(Path(parts.path))
    return from_url(url)


def _folder(path: Path) -> LocalStore:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return LocalStore(path)
