"""Whether mail goes out, as a steward tries it."""

import pytest

from application.ports.mail import MailFailed
from domain.access import Role
from tests.http.support import Backstage, Browser


@pytest.fixture
def steward(browser: Browser, backstage: Backstage) -> Browser:
    return browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))


def test_a_test_mail_goes_to_oneself_and_is_audited(steward: Browser, backstage: Backstage) -> None:
    assert "stew@example.edu" in steward.get("/settings/mail").text
    answer = steward.post("/settings/mail")
    assert answer.headers["location"] == "/settings/mail?done=sent"
    assert [one.to for one in backstage.mail.sent] == ["stew@example.edu"]
    with backstage.units(write=False) as unit:
        assert [entry.verb for entry in unit.audit.entries()] == ["sent a test mail to"]


def test_a_server_that_said_no_is_told_and_nothing_is_audited(
    steward: Browser, backstage: Backstage
) -> None:
    failed = MailFailed("the mail server does not answer", lasting=False)
    backstage.mail.failing["stew@example.edu"] = [failed]
    answer = steward.post("/settings/mail")
    assert answer.status_code == 422
    assert "the mail server does not answer" in answer.text
    with backstage.units(write=False) as unit:
        assert unit.audit.entries() == []


def test_without_a_server_the_page_says_how(steward: Browser, backstage: Backstage) -> None:
    backstage.mail.set_up = False
    assert "ATTAIN_SMTP_URL" in steward.get("/settings/mail").text
    assert "No mail server is set up" in steward.post("/settings/mail").text
