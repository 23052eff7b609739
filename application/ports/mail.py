"""Mail, where the college has a server for it."""

from dataclasses import dataclass
from typing import Protocol


class MailFailed(Exception):
    """A mail that did not go out; `reason` names no person and no address.

    `lasting`: the server said no for good, so that trying again is of no use.
    """

    def __init__(self, reason: str, *, lasting: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class MailMessage:
    """Plain text to one person. `key` makes the message's id, the same for the same mail."""

    to: str
    subject: str
    text: str
    key: str


class Mail(Protocol):
    @property
    def is_set_up(self) -> bool:
        """False: nothing can be sent, and nobody shall be promised that it will."""

    async def send(self, message: MailMessage) -> None:
        """Hand it to the mail server. Never repeats by itself.

        Raises:
            MailFailed: an address or header that cannot be used, a server that is away or
                said no.
        """
