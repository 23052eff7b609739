"""Mail handed to an SMTP server, one connection a message."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import anyio.to_thread

from adapters.outbound.mail.address import SmtpServer
from application.ports.mail import Mail, MailFailed, MailMessage
from application.ports.runtime import Clock

_SECONDS = 20.0
_LASTING = 500
_AWAY = "the mail server does not answer"


@dataclass(frozen=True, slots=True)
class SmtpMail(Mail):
    """`sender` is the address in From. Standard library: no dependency for one small protocol."""

    server: SmtpServer
    sender: str
    clock: Clock

    @property
    def is_set_up(self) -> bool:
        return True

    async def send(self, message: MailMessage) -> None:
        await anyio.to_thread.run_sync(self._send, message)

    def _send(self, message: MailMessage) -> None:
        made = self._made(message)
        with _our_errors(), self._connected() as connection:
            connection.send_message(made)

    def _made(self, message: MailMessage) -> EmailMessage:
        """Headers by the library's own rules: a line end in one is refused, not sent on."""
        made = EmailMessage(policy=SMTP)
        try:
            made["From"] = Address(addr_spec=self.sender)
            made["To"] = Address(addr_spec=message.to)
            made["Subject"] = message.subject
            made["Message-ID"] = f"<{message.key}@{self.sender.rpartition('@')[2]}>"
        except (ValueError, IndexError, MessageError):
            raise MailFailed("the address or the subject cannot be used", lasting=True) from None
        made["Date"] = format_datetime(self.clock.now())
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(message.text, cte="quoted-printable")  # any server takes seven bits
        return made

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server = self.server
        context = ssl.create_default_context()
        connection: smtplib.SMTP
        if server.implicit_tls:
            connection = smtplib.SMTP_SSL(
                server.host, server.port, timeout=_SECONDS, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
        with connection:
            if not server.implicit_tls and not server.plain:
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password)
            yield connection


@dataclass(frozen=True, slots=True)
class NoMail(Mail):
    """Where no mail server is set up."""

    @property
    def is_set_up(self) -> bool:
        return False

    async def send(self, message: MailMessage) -> None:  # noqa: ARG002 of the port
        raise MailFailed("no mail server is set up", lasting=True)


@contextmanager
def _our_errors() -> Iterator[None]:
    """Answers of servers often repeat the address, so only their codes are told."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        code = codes[0] if codes else _LASTING
        raise MailFailed(
            f"the mail server refused the recipient ({code})", lasting=code >= _LASTING
        ) from None
    except smtplib.SMTPAuthenticationError as error:
        raise MailFailed(
            f"the mail server refused our sign-in ({error.smtp_code})", lasting=True
        ) from None
    except smtplib.SMTPNotSupportedError:
        raise MailFailed(
            "the mail server lacks what is asked of it: TLS, sign-in or this address", lasting=True
        ) from None
    except smtplib.SMTPResponseException as error:
        raise MailFailed(
            f"the mail server said no ({error.smtp_code})", lasting=error.smtp_code >= _LASTING
        ) from None
    except ssl.SSLError:
        raise MailFailed("the mail server's certificate is not trusted", lasting=True) from None
    except (OSError, smtplib.SMTPException):
        raise MailFailed(_AWAY, lasting=False) from None
