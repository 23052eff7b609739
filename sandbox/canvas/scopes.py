"""Scopes of developer keys: `url:<VERB>|<route template>`, compared with the request's path."""

import re
from functools import cache


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """`:x` is one segment, `(...)` may be missing, and a `.format` may follow."""
    escaped = re.escape(template).replace(r"\(", "(?:").replace(r"\)", ")?")
    segments = re.sub(r":\w+", "[^/]+", escaped)
    return re.compile(rf"^{segments}(?:\.\w+)?$")


def allows(scopes: list[str], method: str, path: str) -> bool:
    verb = "GET" if method == "HEAD" else method
    for scope in scopes:
        kind, _, rest = scope.partition(":")
        scope_verb, _, template = rest.partition("|")
        if kind == "url" and scope_verb == verb and _pattern(template).match(path):
            return True
    return False
