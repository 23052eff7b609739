"""What a launch is about: who, where, through which tool, opened from what."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.canvas.access_records import Tool
from sandbox.canvas.records import Account, Assignment, Course, User
from sandbox.canvas.state import State


@dataclass(frozen=True, slots=True)
class Launch:
    """One launch of a tool. `base` is the address of Canvas as the person's browser sees it."""

    state: State
    base: str
    user: User
    context: Course | Account
    tool: Tool
    assignment: Assignment | None = None

    @property
    def url(self) -> str:
        tag = self.assignment.tool if self.assignment else None
        return (tag.url if tag else self.tool.launch_url).strip()

    @property
    def new_tab(self) -> bool:
        tag = self.assignment.tool if self.assignment else None
        return tag.new_tab if tag else self.tool.new_tab

    @property
    def course(self) -> Course | None:
        return self.context if isinstance(self.context, Course) else None

    @property
    def context_id(self) -> str:
        kind = "course" if self.course else "account"
        return self.state.opaque.hexadecimal(kind, self.context.id)

    @property
    def resource_link_id(self) -> str:
        """An assignment has a link of its own; everywhere else it is the context's id."""
        if self.assignment is None:
            return self.context_id
        return self.state.opaque.hexadecimal("assignment_tag", self.assignment.id)

    @property
    def lti_user_id(self) -> str:
        return self.state.opaque.hexadecimal("user", self.user.id)

    @property
    def api_domain(self) -> str:
        return urlsplit(self.base).netloc

    @property
    def shows_names(self) -> bool:
        return self.tool.privacy_level in {"public", "name_only"}

    @property
    def shows_email(self) -> bool:
        return self.tool.privacy_level in {"public", "email_only"}

    @property
    def is_public(self) -> bool:
        return self.tool.privacy_level == "public"

    @property
    def locale(self) -> str:
        return self.user.locale or self.state.switches.locale


def name_parts(user: User) -> tuple[str, str]:
    """(given, family) as Canvas splits them; a single name has an empty family name."""
    family, comma, given = user.sortable_name.partition(", ")
    return (given, family) if comma else (user.name, "")
