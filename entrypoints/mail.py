"""Mail as the settings say it: by SMTP, or none."""

from adapters.outbound.mail.address import smtp_server
from application.later import imported_later
from entrypoints.settings import Settings

with imported_later(__name__):
    from adapters.outbound.mail.smtp import NoMail, SmtpMail
    from application.ports.mail import Mail
    from application.ports.runtime import Clock


def mail_of(settings: Settings, clock: Clock) -> Mail:
    """Off unless a server is named; `Settings` has checked that it can be used."""
    if not settings.smtp_url:
        return NoMail()
    return SmtpMail(smtp_server(settings.smtp_url), settings.mail_from, clock)
