"""System Settings > Integrations > LTI: consumer keys, and what to type into Canvas."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import House, Visit
from adapters.inbound.lti.tool_configuration import ManualEntry, manual_entry
from application.errors import Conflict, Invalid
from application.use_cases.lms.consumer_keys import (
    ConsumerKeyLine,
    Credentials,
    ListConsumerKeys,
    NewConsumerKey,
    NewConsumerKeyCommand,
    RevokeConsumerKey,
    RevokeConsumerKeyCommand,
    RotateConsumerKey,
    RotateConsumerKeyCommand,
    ShowSharedSecret,
    ShowSharedSecretCommand,
)
from application.use_cases.lms.lti_switch import ReadLtiSwitch
from domain.access import Right

_NOTICES = {
    "made": "The consumer key is made. Show its shared secret to copy it into your LMS.",
    "rotated": "The key has a new shared secret. The former one stays good for the overlap.",
    "revoked": "The key is revoked. Launches with it are refused from now on.",
}
_OVERLAPS = (0, 1, 7, 30, 90)


class NewKeyForm(Struct, frozen=True):
    """Empty `key` and `secret` are made by us."""

    label: str = ""
    key: str = ""
    secret: str = ""
    csrf: str = ""


class KeyForm(Struct, frozen=True):
    key: str = ""
    days: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class LtiSettingsPage:
    keys: Sequence[ConsumerKeyLine]
    manual: ManualEntry
    config_url: str
    lti_enabled: bool
    notice: str = ""
    shown: Credentials | None = None
    typed: NewKeyForm = field(default_factory=NewKeyForm)
    errors: dict[str, str] = field(default_factory=dict)
    overlaps: Sequence[int] = _OVERLAPS


@dataclass(frozen=True, slots=True)
class LtiSettings:
    """What the page shows besides the outcome of a form."""

    list_consumer_keys: ListConsumerKeys
    read_lti_switch: ReadLtiSwitch
    house: House

    def page(
        self,
        *,
        notice: str = "",
        shown: Credentials | None = None,
        typed: NewKeyForm | None = None,
        errors: dict[str, str] | None = None,
    ) -> LtiSettingsPage:
        return LtiSettingsPage(
            self.list_consumer_keys(),
            manual_entry(self.house.base_url),
            self.house.url("/lti/config.xml"),
            self.read_lti_switch(),
            notice,
            shown,
            typed or NewKeyForm(),
            errors or {},
        )


def provide_lti_settings(
    list_consumer_keys: Injected[ListConsumerKeys],
    read_lti_switch: Injected[ReadLtiSwitch],
    house: Injected[House],
) -> LtiSettings:
    return LtiSettings(list_consumer_keys, read_lti_switch, house)


@get("/settings/lti", right=Right.RUN_SYSTEM, sync_to_thread=True)
def lti_settings(
    visit: Injected[Visit], lti_settings: Injected[LtiSettings], done: FromQuery[str] = ""
) -> Response[str]:
    return page(visit, "settings-lti.html", lti_settings.page(notice=_NOTICES.get(done, "")))


@post("/settings/lti/keys", right=Right.RUN_SYSTEM, sync_to_thread=True)
def new_key(
    data: URLEncodedBody[NewKeyForm],
    visit: Injected[Visit],
    new_consumer_key: Injected[NewConsumerKey],
    lti_settings: Injected[LtiSettings],
) -> Response[str] | Redirect:
    command = NewConsumerKeyCommand(
        visit.person_id, data.label, data.key.strip() or None, data.secret.strip() or None
    )
    try:
        new_consumer_key(command)
    except Invalid as wrong:
        model = lti_settings.page(typed=data, errors={wrong.field: wrong.cure})
        return page(visit, "settings-lti.html", model, status=422)
    except Conflict as taken:
        model = lti_settings.page(typed=data, errors={"key": str(taken)})
        return page(visit, "settings-lti.html", model, status=422)
    return see_other(visit, "/settings/lti?done=made")


@post("/settings/lti/secret", right=Right.RUN_SYSTEM, sync_to_thread=True, status_code=200)
def show_secret(
    data: URLEncodedBody[KeyForm],
    visit: Injected[Visit],
    show_shared_secret: Injected[ShowSharedSecret],
    lti_settings: Injected[LtiSettings],
) -> Response[str]:
    """Answers the page itself: a redirect would have to carry the secret somewhere."""
    shown = show_shared_secret(ShowSharedSecretCommand(visit.person_id, data.key))
    return page(visit, "settings-lti.html", lti_settings.page(shown=shown))


@post("/settings/lti/rotate", right=Right.RUN_SYSTEM, sync_to_thread=True)
def rotate_key(
    data: URLEncodedBody[KeyForm],
    visit: Injected[Visit],
    rotate_consumer_key: Injected[RotateConsumerKey],
) -> Redirect:
    if data.days not in {str(days) for days in _OVERLAPS}:
        raise Invalid("days", "choose how long the former secret stays good.")
    overlap = timedelta(days=int(data.days))
    rotate_consumer_key(RotateConsumerKeyCommand(visit.person_id, data.key, overlap))
    return see_other(visit, "/settings/lti?done=rotated")


@post("/settings/lti/revoke", right=Right.RUN_SYSTEM, sync_to_thread=True)
def revoke_key(
    data: URLEncodedBody[KeyForm],
    visit: Injected[Visit],
    revoke_consumer_key: Injected[RevokeConsumerKey],
) -> Redirect:
    revoke_consumer_key(RevokeConsumerKeyCommand(visit.person_id, data.key))
    return see_other(visit, "/settings/lti?done=revoked")


ROUTES = (lti_settings, new_key, show_secret, rotate_key, revoke_key)
