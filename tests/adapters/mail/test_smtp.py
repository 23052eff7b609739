"""Mail by SMTP, against a server on this machine."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_string
from email.policy import default
from typing import Any

import pytest

from adapters.outbound.mail.address import SmtpServer, smtp_server
from adapters.outbound.mail.smtp import NoMail, SmtpMail
from application.ports.mail import MailFailed, MailMessage
from tests.adapters.mail.sink import Sink, sink
from tests.stand_ins import FixedClock

MESSAGE = MailMessage("tess@example.edu", "Assessments due", "Dear Tess,\n\n.\nÉlan\n", "round.1")


@pytest.fixture
def server() -> Iterator[Sink]:
    with sink() as opened:
        yield opened


def mail_to(port: int) -> SmtpMail:
    address = smtp_server(f"smtp://127.0.0.1:{port}?tls=off")
    return SmtpMail(address, "attain@college.edu", FixedClock())


class TestSending:
    async def test_a_mail_arrives_whole(self, server: Sink) -> None:
        await mail_to(server.port).send(MESSAGE)

        (received,) = (message_from_string(text, policy=default) for text in server.mails)
        assert server.recipients == ["<tess@example.edu>"]
        assert received["From"] == "attain@college.edu"
        assert received["To"] == "tess@example.edu"
        assert received["Subject"] == "Assessments due"
        assert received["Message-ID"] == "<round.1@college.edu>"
        assert received["Date"] == "Mon, 14 Sep 2026 12:00:00 +0000"
        assert received["Auto-Submitted"] == "auto-generated"
        assert "Élan" in received.get_content()

    @pytest.mark.parametrize(
        "message",
        [
            MailMessage("tess@example.edu\nBcc: all@example.edu", "Due", "", "k"),
            MailMessage("tess@example.edu\r\nBcc: all@example.edu", "Due", "", "k"),
            MailMessage("tess@example.edu, all@example.edu", "Due", "", "k"),
            MailMessage("tess@example.edu", "Due\r\nBcc: all@example.edu", "", "k"),
            MailMessage("", "Due", "", "k"),
        ],
    )
    async def test_headers_cannot_be_smuggled_in(self, server: Sink, message: MailMessage) -> None:
        with pytest.raises(MailFailed) as failure:
            await mail_to(server.port).send(message)

        assert failure.value.lasting
        assert (server.mails, server.recipients) == ([], [])

    @pytest.mark.parametrize(
        ("verb", "answer", "lasting"),
        [
            ("RCPT", "550 no such person tess@example.edu", True),
            ("RCPT", "450 busy", False),
            ("MAIL", "554 not from you", True),
            ("DATA", "451 try later", False),
        ],
    )
    async def test_a_no_is_told_by_its_code_alone(
        self, server: Sink, verb: str, answer: str, *, lasting: bool
    ) -> None:
        server.refusing[verb] = answer

        with pytest.raises(MailFailed) as failure:
            await mail_to(server.port).send(MESSAGE)

        assert failure.value.lasting is lasting
        assert answer[:3] in failure.value.reason
        assert "tess" not in failure.value.reason

    async def test_a_server_without_tls_is_refused_when_tls_is_wanted(self, server: Sink) -> None:
        wanting_tls = smtp_server(f"smtp://127.0.0.1:{server.port}")

        with pytest.raises(MailFailed) as failure:
            await SmtpMail(wanting_tls, "attain@college.edu", FixedClock()).send(MESSAGE)

        assert failure.value.lasting
        assert server.mails == []

    async def test_a_server_that_is_away_is_worth_another_try(self) -> None:
        with sink() as gone:
            port = gone.port

        with pytest.raises(MailFailed) as failure:
            await mail_to(port).send(MESSAGE)

        assert not failure.value.lasting

    async def test_no_server_sends_nothing(self) -> None:
        assert not NoMail().is_set_up
        with pytest.raises(MailFailed):
            await NoMail().send(MESSAGE)


def a_server(**changes: Any) -> SmtpServer:
    server = SmtpServer("mail.edu", 587, implicit_tls=False, plain=False, user="", password="")
    return replace(server, **changes)


class TestTheAddress:
    @pytest.mark.parametrize(
        ("url", "server"),
        [
            ("smtp://mail.edu", a_server()),
            ("smtps://mail.edu", a_server(port=465, implicit_tls=True)),
            ("smtp://mail.edu:25?tls=off", a_server(port=25, plain=True)),
            (
                "smtp://a%40b:p%3Aw@mail.edu",
                a_server(user="a@b", password="p:w"),
            ),
        ],
    )
    def test_is_read(self, url: str, server: SmtpServer) -> None:
        assert smtp_server(url) == server

    @pytest.mark.parametrize(
        "url",
        [
            "http://mail.edu", "smtp://", "smtp://u:hunter2@mail.edu:port",
            "smtp://u:hunter2@mail.edu/x", "smtp://u:hunter2@mail.edu?tls=maybe",
        ],
    )  # fmt: skip
    def test_what_cannot_be_used_is_said_without_repeating_it(self, url: str) -> None:
        with pytest.raises(ValueError, match=r"must|not a number|only option") as refusal:
            smtp_server(url)

        assert "hunter2" not in str(refusal.value)
