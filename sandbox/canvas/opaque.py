"""Opaque ids that Canvas derives from its records: the same record always has the same one."""

import hashlib
import hmac
import uuid


class OpaqueIds:
    """Derives ids from a secret of the site, so that two sites never share one."""

    def __init__(self, site: str) -> None:
        self._key = site.encode()

    def hexadecimal(self, *parts: object) -> str:
        """40 hex digits, the form of `user_id`, `context_id` and `resource_link_id`."""
        text = "-".join(str(part) for part in parts)
        return hmac.new(self._key, text.encode(), hashlib.sha1).hexdigest()

    def letters(self, *parts: object) -> str:
        """40 letters and digits, the form of the `uuid` of users, accounts and courses."""
        return self.hexadecimal("uuid", *parts)

    def uuid(self, *parts: object) -> str:
        """A UUID, the form of `lti_context_id` of an assignment."""
        digest = hmac.new(self._key, repr(parts).encode(), hashlib.sha256).digest()
        return str(uuid.UUID(bytes=digest[:16], version=4))


def test_student_login(user_id: int) -> str:
    """The login of a Test Student, by which a tool recognises it: 40 hex digits."""
    return hmac.new(b"practice", f"Test Student_{user_id}".encode(), hashlib.sha1).hexdigest()
