"""What a plain HTML form sent, read by field name."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from application.errors import Invalid
from domain.college_time import CollegeTime
from domain.errors import NonsenseValue
from domain.score import Scored, value_from_text

FormBody = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class FormFields:
    body: FormBody

    def text(self, name: str) -> str:
        """The field's text with plain line ends; empty when it was not sent."""
        return next(iter(self.every(name)), "")

    def every(self, name: str) -> tuple[str, ...]:
        """All values of a field that may be sent more than once."""
        sent = self.body.get(name, [])
        values = [sent] if isinstance(sent, str) else sent
        return tuple(value.replace("\r\n", "\n") for value in values)

    def after(self, prefix: str) -> tuple[str, ...]:
        """The rest of the names that begin with `prefix`, as sent."""
        return tuple(name.removeprefix(prefix) for name in self.body if name.startswith(prefix))

    def number(self, name: str) -> Decimal | None:
        """None when left empty. Raises Invalid for anything but a number."""
        written = self.text(name).strip()
        if not written:
            return None
        try:
            value = value_from_text(written)
        except NonsenseValue:
            raise Invalid(name, "give a number.") from None
        if not isinstance(value, Scored):
            raise Invalid(name, "give a number.")
        return value.points

    def whole(self, name: str) -> int:
        """A whole number that a page of ours wrote; 0 when it is anything else."""
        written = self.text(name)
        return int(written) if written.isascii() and written.isdecimal() else 0

    def day(self, name: str) -> date | None:
        """A chosen day; None when left empty. Raises Invalid for anything but a date."""
        written = self.text(name).strip()
        if not written:
            return None
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise Invalid(name, "give a date.") from None

    def day_start(self, name: str, time: CollegeTime) -> datetime | None:
        """The beginning of a chosen day. Raises Invalid for anything but a date."""
        chosen = self.day(name)
        return None if chosen is None else time.start_of(chosen)

    def day_end(self, name: str, time: CollegeTime) -> datetime | None:
        """The end of a chosen day. Raises Invalid for anything but a date."""
        chosen = self.day(name)
        return None if chosen is None else time.end_of(chosen)
