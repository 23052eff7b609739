"""Whether Data Stewards may open the results of one student: off until a college says so."""

from application.ports.system_repositories import SettingsRepository

PROFILES = "profiles.stewards"
_ALLOWED, _CLOSED = "allowed", "closed"


def profiles_allowed(settings: SettingsRepository) -> bool:
    return settings.get(PROFILES, _CLOSED) == _ALLOWED


def stored_policy(*, allowed: bool) -> str:
    return _ALLOWED if allowed else _CLOSED
