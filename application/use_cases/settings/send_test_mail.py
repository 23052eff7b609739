"""Whether mail goes out: how it is set up, and a mail to oneself."""

from dataclasses import dataclass

from application.errors import Invalid
from application.ports.mail import Mail, MailFailed, MailMessage
from application.ports.runtime import Clock, NewId, Transact
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.audit import Deed
from domain.ids import PersonId

HOW = "set ATTAIN_SMTP_URL and ATTAIN_MAIL_FROM, then start Attain again."
_TEXT = "This is the test mail that you asked for. Reminders of the calendar go out the same way."


@dataclass(frozen=True, slots=True)
class SendTestMail:
    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    new_id: NewId
    mail: Mail

    @property
    def is_set_up(self) -> bool:
        return self.mail.is_set_up

    async def __call__(self, actor: str, person_id: PersonId) -> None:
        """To the address that the roster has of the person.

        Raises:
            Invalid: no mail server is set up, the person has no address, or the server said no.
        """
        if not self.mail.is_set_up:
            raise Invalid("mail", f"no mail server is set up; {HOW}")
        address = await self.transact(lambda: self._address(person_id))
        message = MailMessage(address, "Test mail of Attain", _TEXT, self.new_id())
        try:
            await self.mail.send(message)
        except MailFailed as failed:
            raise Invalid("mail", f"it did not go out: {failed.reason}.") from failed
        await self.transact(lambda: self._note(actor, person_id))

    def _address(self, person_id: PersonId) -> str:
        with self.units(write=False) as unit:
            address = unit.roster.person(person_id).email
        if not address:
            raise Invalid("mail", "this person has no e-mail address.")
        return address

    def _note(self, actor: str, person_id: PersonId) -> None:
        with self.units() as unit:
            deed = Deed(actor, "sent a test mail to", f"person:{person_id}", "", self.clock.now())
            unit.audit.record(deed)
            unit.commit()
