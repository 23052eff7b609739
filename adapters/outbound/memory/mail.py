"""Mail that stays here: for tests, and to look at what would be sent."""

from dataclasses import dataclass, field

from application.ports.mail import Mail, MailFailed, MailMessage


@dataclass
class MemoryMail(Mail):
    """`failing` are errors for the next messages to an address, in their order."""

    sent: list[MailMessage] = field(default_factory=list)
    failing: dict[str, list[MailFailed]] = field(default_factory=dict)
    set_up: bool = True

    @property
    def is_set_up(self) -> bool:
        return self.set_up

    async def send(self, message: MailMessage) -> None:
        waiting = self.failing.get(message.to)
        if waiting:
            raise waiting.pop(0)
        if not message.to or "\n" in f"{message.to}{message.subject}":
            raise MailFailed("the address or the subject cannot be used", lasting=True)
        self.sent.append(message)
