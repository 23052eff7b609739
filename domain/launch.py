"""What a verified LTI launch says. Nothing here is trusted before its signature held."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_CONTEXT_ROLE = "urn:lti:role:ims/lis/"
_TEST_STUDENT_LOGIN_LENGTH = 40


class MessageType(StrEnum):
    BASIC = "basic-lti-launch-request"
    CONTENT_ITEM = "ContentItemSelectionRequest"


class LtiRole(StrEnum):
    """Course roles in their short form; Canvas mixes short names and full URNs."""

    INSTRUCTOR = "Instructor"
    TEACHING_ASSISTANT = "TeachingAssistant"
    CONTENT_DEVELOPER = "ContentDeveloper"
    LEARNER = "Learner"
    MENTOR = "Mentor"
    OBSERVER = "urn:lti:instrole:ims/lis/Observer"
    ADMINISTRATOR = "urn:lti:instrole:ims/lis/Administrator"
    SYS_ADMIN = "urn:lti:sysrole:ims/lis/SysAdmin"
    NONE = "urn:lti:sysrole:ims/lis/None"


class Audience(StrEnum):
    """On which of the two matching rules a launch is judged."""

    USER = "user"
    STUDENT = "student"


def present(value: str | None) -> str | None:
    """The value, or None where Canvas sent nothing, blanks, or the literal variable.

    A variable whose precondition fails arrives as its own name, `$Person.sourcedId`.
    """
    text = (value or "").strip()
    return None if not text or text.startswith("$") else text


@dataclass(frozen=True, slots=True)
class LaunchClaims:
    """The signed parameters of one launch, by name."""

    params: Mapping[str, str]

    def value(self, name: str) -> str | None:
        return present(self.params.get(name))

    @property
    def message_type(self) -> str:
        return self.params.get("lti_message_type", "")

    @property
    def consumer_key(self) -> str:
        return self.params["oauth_consumer_key"]

    @property
    def platform(self) -> str:
        """The LMS install: its guid, scoped by the consumer key (lti.md 1.5)."""
        return f"{self.consumer_key}:{self.value('tool_consumer_instance_guid') or ''}"

    @property
    def user_id(self) -> str | None:
        return self.value("user_id")

    @property
    def context_id(self) -> str | None:
        return self.value("context_id")

    @property
    def context_label(self) -> str | None:
        return self.value("context_label")

    @property
    def resource_link_id(self) -> str | None:
        """The resource of its own, or None: navigation launches repeat the context id."""
        link = self.value("resource_link_id")
        return None if link == self.context_id else link

    @property
    def roles(self) -> frozenset[str]:
        """Whole tokens of `roles`; `urn:lti:role:ims/lis/X` counts as `X`."""
        tokens = (token.strip() for token in self.params.get("roles", "").split(","))
        return frozenset(token.removeprefix(_CONTEXT_ROLE) for token in tokens if token)

    @property
    def is_staff(self) -> bool:
        return bool(
            self.roles & {LtiRole.INSTRUCTOR, LtiRole.TEACHING_ASSISTANT, LtiRole.CONTENT_DEVELOPER}
        )

    @property
    def is_administrator(self) -> bool:
        return bool(self.roles & {LtiRole.ADMINISTRATOR, LtiRole.SYS_ADMIN})

    @property
    def is_learner(self) -> bool:
        return LtiRole.LEARNER in self.roles

    @property
    def is_observer(self) -> bool:
        return bool(self.roles & {LtiRole.MENTOR, LtiRole.OBSERVER}) and not self.is_staff

    @property
    def is_test_student(self) -> bool:
        """Canvas' Student View: LTI 1.x has no marker, so its fingerprint (lti.md 1.7)."""
        login = self.value("custom_canvas_user_login_id") or ""
        return (
            len(login) == _TEST_STUDENT_LOGIN_LENGTH
            and set(login) <= set("0123456789abcdef")
            and self.value("lis_person_sourcedid") is None
        )

    @property
    def is_anonymous(self) -> bool:
        """Nobody is signed in there, or the tool's privacy level hides who it is."""
        names = (
            "lis_person_sourcedid", "lis_person_name_full", "lis_person_contact_email_primary",
            "custom_canvas_user_login_id",
        )  # fmt: skip
        return self.user_id is None or not any(name in self.params for name in names)

    @property
    def audience(self) -> Audience:
        return Audience.STUDENT if self.is_learner and not self.is_staff else Audience.USER

    @property
    def context_history(self) -> tuple[str, ...]:
        """Ancestor contexts of a copied course, when the tool asked for them."""
        history = self.value("custom_context_id_history") or ""
        words = (word.strip() for word in history.split(","))
        return tuple(word for word in words if word and word not in {"truncated", "timed out"})
