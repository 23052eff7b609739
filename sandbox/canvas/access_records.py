"""Records of the practice Canvas about access: keys, codes, tokens, tools."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class DeveloperKey:
    id: int
    name: str
    secret: str
    redirect_uris: list[str]
    scopes: list[str] | None
    allow_includes: bool
    active: bool
    enabled: bool
    trusted: bool


@dataclass(slots=True)
class Code:
    """An authorisation code: ten minutes, once, for one client."""

    text: str
    client_id: int
    user_id: int
    scopes: list[str] | None
    made_at: datetime


@dataclass(slots=True)
class AccessToken:
    """A row of access token and refresh token; `key_id` None is a token made by hand."""

    id: int
    user_id: int
    access: str
    key_id: int | None = None
    refresh: str | None = None
    expires_at: datetime | None = None
    permanent_expires_at: datetime | None = None
    scopes: list[str] | None = None
    deleted: bool = False


@dataclass(slots=True)
class Tool:
    """An installed external tool. `course_id` None: installed in the account `account_id`."""

    id: int
    name: str
    consumer_key: str
    shared_secret: str
    launch_url: str
    domain: str | None
    privacy_level: str
    custom_fields: dict[str, str]
    placements: frozenset[str]
    account_id: int | None
    course_id: int | None
    new_tab: bool
    oauth_compliant: bool
