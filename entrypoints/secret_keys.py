"""The keys that seal secrets: from the setting, else from a private file made on first start."""

import os
from pathlib import Path
from secrets import token_urlsafe

from entrypoints.settings import BadSetting, Settings

FILE = "secret-keys"
_SHORTEST = 32


def secret_keys(settings: Settings) -> list[str]:
    """The first key seals, all of them open.

    Raises:
        BadSetting: no key, one too short, or the file cannot be read or made.
    """
    keys = _split(settings.secret_keys) or _split(_from_file(settings.data_path / FILE))
    if not keys:
        raise BadSetting(
            f"The key file {settings.data_path / FILE} holds no key. Put the file of your backup "
            "back, or set ATTAIN_SECRET_KEYS."
        )
    for key in keys:
        if len(key) < _SHORTEST:
            raise BadSetting(
                f"ATTAIN_SECRET_KEYS holds a key of {len(key)} characters; each needs "
                f"{_SHORTEST} or more."
            )
    return keys


def _from_file(path: Path) -> str:
    try:
        if not path.exists():
            _make(path)
        return path.read_text()
    except OSError as error:
        raise BadSetting(
            f"The key file {path} cannot be read or made ({error.strerror}); check ATTAIN_DATA_DIR "
            "or set ATTAIN_SECRET_KEYS."
        ) from None


def _make(path: Path) -> None:
    """A new key that its owner alone can read; somebody else may have made it meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(token_urlsafe(48) + "\n")


def _split(listed: str) -> list[str]:
    return [key.strip() for key in listed.replace("\n", ",").split(",") if key.strip()]
