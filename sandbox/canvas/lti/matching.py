"""Which installed tool a launch URL belongs to: the nearest one, exact before domain."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from sandbox.canvas.access_records import Tool
from sandbox.canvas.records import Account, Course
from sandbox.canvas.state import State


def tools_in(state: State, context: Course | Account) -> Iterator[Tool]:
    """Tools that a course or account sees: its own first, then up the account chain."""
    if isinstance(context, Course):
        yield from (tool for tool in state.tools.values() if tool.course_id == context.id)
    account_id = context.account_id if isinstance(context, Course) else context.id
    for account in state.account_chain(account_id):
        yield from (tool for tool in state.tools.values() if tool.account_id == account.id)


def tools_placed(state: State, context: Course | Account, placement: str) -> list[Tool]:
    return [tool for tool in tools_in(state, context) if placement in tool.placements]


def tool_for_url(state: State, course: Course, url: str) -> Tool | None:
    """Exact URL (its query sorted), then without further query parts, then by domain."""
    tools = list(tools_in(state, course))
    for same in (_same_url, _same_without_more):
        for tool in tools:
            if same(tool.launch_url, url):
                return tool
    by_domain = [tool for tool in tools if tool.domain and _under(tool.domain, url)]
    return max(by_domain, key=lambda tool: len(tool.domain or ""), default=None)


def _same_url(one: str, other: str) -> bool:
    return _place(one) == _place(other) and _query(one) == _query(other)


def _same_without_more(configured: str, url: str) -> bool:
    return _place(configured) == _place(url) and set(_query(configured)) <= set(_query(url))


def _place(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url.strip())
    return parts.scheme.lower(), parts.netloc.lower(), parts.path or "/"


def _query(url: str) -> list[tuple[str, str]]:
    return sorted(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _under(domain: str, url: str) -> bool:
    """The host equals the domain, or is below it; a port counts only if the domain has one."""
    parts = urlsplit(url)
    host = parts.netloc if ":" in domain else parts.hostname or ""
    return f".{host.lower()}".endswith(f".{domain.lower()}")
