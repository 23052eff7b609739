"""How dates, numbers and names are written on pages."""

import re
from datetime import date, datetime
from decimal import Decimal

from markupsafe import Markup, escape

from adapters.inbound.http.local_time import day_there, local
from adapters.inbound.http.words import in_own_words
from domain.scale import rounded
from domain.score import plain


def as_date(value: date | None) -> str:
    """`4 Dec 2026`; a dash for none. A moment falls on a day of the college."""
    if value is None:
        return "\N{EN DASH}"
    day = day_there(value)
    return f"{day.day} {day:%b %Y}"


def as_moment(value: datetime | None) -> Markup:
    """`4 Dec 2026, 14:05 CST`, marked up for machines."""
    if value is None:
        return Markup("\N{EN DASH}")
    return Markup('<time datetime="{}">{}, {}</time>').format(
        value.isoformat(), as_date(value), f"{local(value):%H:%M %Z}"
    )


def as_number(value: Decimal | int) -> str:
    """A number without needless zeros."""
    return plain(value) if isinstance(value, Decimal) else f"{value:,}"


def as_score(value: Decimal | None) -> str:
    """Two decimals; a dash for none."""
    return "\N{EN DASH}" if value is None else f"{value:.2f}"


def as_bytes(value: int) -> str:
    """`1.2 MB`, in the units that file managers show."""
    for size, unit in ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB")):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value} bytes"


def as_share(value: Decimal, decimals: int = 1) -> str:
    """Per cent, half up: `61.5%`."""
    return f"{rounded(value, decimals)}%"


def as_sentence(value: str) -> str:
    """The text with a capital at its beginning, in the college's words.

    It may begin with the name of an input, such as `slo`: that is written as people do.
    """
    short = _SHORT_WORD.match(value)
    begin = short[1].upper() if short else value[:1].upper()
    return in_own_words(begin + value[len(begin) :])


_SHORT_WORD = re.compile(r"([cpi]?slo|dla|rfi)(?=s?\b)")


def as_name(value: str) -> Markup:
    """A person's name, kept apart from the direction of the text around it."""
    return Markup("<bdi>{}</bdi>").format(escape(value))
