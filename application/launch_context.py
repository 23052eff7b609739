"""What a session remembers of the launch it came from, as plain text by name."""

from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsUserRef, SectionId
from domain.launch import LaunchClaims, MessageType
from domain.link import Placement

OWN_LINK = "attain_link"
"""The query name under which a launch URL of ours carries our own link id."""


@dataclass(frozen=True, slots=True)
class LaunchContext:
    """Facts of one launch; every value may be empty. Only ids and titles of things."""

    platform: str = ""
    context_id: str = ""
    context_label: str = ""
    resource_link_id: str = ""
    """Empty for launches without a resource of their own (course navigation)."""
    resource_title: str = ""
    course_ref: str = ""
    assignment_ref: str = ""
    user_ref: str = ""
    points_possible: str = ""
    lms_origin: str = ""
    section_ids: str = ""
    """Sections that are meant, comma separated, where they could be told."""
    own_link: str = ""
    content_item_url: str = ""
    """Where to answer a content-item request; empty for ordinary launches."""
    content_item_data: str = ""
    consumer_key: str = ""

    @classmethod
    def of(cls, claims: LaunchClaims) -> "LaunchContext":
        """The context that verified claims describe; sections are added later."""

        def text(name: str) -> str:
            return claims.value(name) or ""

        selecting = claims.message_type == MessageType.CONTENT_ITEM
        return cls(
            platform=claims.platform,
            context_id=claims.context_id or "",
            context_label=claims.context_label or "",
            resource_link_id="" if selecting else claims.resource_link_id or "",
            resource_title=text("custom_canvas_assignment_title") or text("resource_link_title"),
            course_ref=text("custom_canvas_course_id"),
            assignment_ref=text("custom_canvas_assignment_id"),
            user_ref=text("custom_canvas_user_id"),
            points_possible=text("custom_canvas_assignment_points_possible"),
            lms_origin=_origin(claims),
            own_link=text(OWN_LINK),
            content_item_url=text("content_item_return_url") if selecting else "",
            content_item_data=claims.params.get("data", "") if selecting else "",
            consumer_key=claims.consumer_key,
        )

    @classmethod
    def from_session(cls, stored: dict[str, str]) -> "LaunchContext":
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})

    def for_session(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}

    def among(self, section_ids: tuple[SectionId, ...]) -> "LaunchContext":
        return replace(self, section_ids=",".join(section_ids))

    @property
    def placement(self) -> Placement | None:
        """The assignment that was opened, or None where the launch has none of its own."""
        if not self.resource_link_id:
            return None
        return Placement(self.platform, self.context_id, self.resource_link_id)

    @property
    def is_selecting(self) -> bool:
        return bool(self.content_item_url)

    @property
    def sections(self) -> tuple[SectionId, ...]:
        return tuple(SectionId(part) for part in self.section_ids.split(",") if part)

    @property
    def course(self) -> LmsCourseRef | None:
        return LmsCourseRef(self.course_ref) if self.course_ref else None

    @property
    def assignment(self) -> LmsAssignmentRef | None:
        return LmsAssignmentRef(self.assignment_ref) if self.assignment_ref else None

    @property
    def user(self) -> LmsUserRef | None:
        return LmsUserRef(self.user_ref) if self.user_ref else None

    @property
    def points(self) -> Decimal | None:
        try:
            points = Decimal(self.points_possible)
        except InvalidOperation:
            return None
        return points if points.is_finite() and points > 0 else None


def _origin(claims: LaunchClaims) -> str:
    """The LMS' own origin: that of the signed return URL, else of its API host."""
    for name in ("launch_presentation_return_url", "content_item_return_url"):
        parts = urlsplit(claims.value(name) or "")
        if parts.scheme in {"http", "https"} and parts.netloc:
            return f"{parts.scheme}://{parts.netloc}".lower()
    host = claims.value("custom_canvas_api_domain")
    return f"https://{host}".lower() if host else ""
