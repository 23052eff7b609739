"""Forms of records that are made and changed by hand: fields as data, one template."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from litestar import Response
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormFields
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.by_hand import is_by_hand
from application.errors import Conflict, Invalid
from application.queries.rosters.org_register import OrgLine

_ACTIVE, ENDED = "active", "ended"
_STANDING = ((_ACTIVE, "Active"), (ENDED, "Ended"))


@dataclass(frozen=True, slots=True)
class FormField:
    """One input; with `options` it is a choice among these values and labels."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    type: str = "text"
    required: bool = True
    options: Sequence[tuple[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class RecordForm:
    """`action` is where the form posts; `up` the register's path and label."""

    title: str
    action: str
    button: str
    up: tuple[str, str]
    fields: tuple[FormField, ...]
    errors: Mapping[str, str]
    from_roster: bool = False


class Kept(Protocol):
    """A record that is made by hand or by a roster, and that can be ended."""

    @property
    def id(self) -> str: ...
    @property
    def active(self) -> bool: ...
    @property
    def source_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Register:
    """Where records of one kind stand; `form_at` ends the address of the form of one of them."""

    path: str
    label: str
    noun: str
    form_at: str = ""

    def form(
        self,
        stored: Kept | None,
        name: str,
        fields: Sequence[FormField],
        typed: FormFields | None,
        errors: Mapping[str, str],
    ) -> RecordForm:
        """For a record called `name`; None stored: for a new one, which has no standing yet."""
        up = (self.path, self.label)
        if stored is None:
            title, action = f"New {self.noun}", f"{self.path}/new"
            return RecordForm(
                title, action, f"Make {self.noun}", up, _with_typed(fields, typed), errors
            )
        standing = _ACTIVE if stored.active else ENDED
        fields = [*fields, FormField("standing", "Standing", standing, options=_STANDING)]
        return RecordForm(
            name,
            f"{self.path}/{stored.id}{self.form_at}",
            f"Save {self.noun}",
            up,
            _with_typed(fields, typed),
            errors,
            not is_by_hand(stored.source_id),
        )


def _with_typed(fields: Iterable[FormField], typed: FormFields | None) -> tuple[FormField, ...]:
    """The fields with what was typed instead of what is stored, where a form came back."""
    if typed is None:
        return tuple(fields)
    return tuple(
        FormField(one.name, one.label, typed.text(one.name), one.hint, one.type, one.required,
                  one.options)
        for one in fields
    )  # fmt: skip


def saved(
    visit: Visit,
    save: Callable[[], str],
    refused: Callable[[Mapping[str, str]], Response[str]],
) -> Response[str] | Redirect:
    """Run `save`, which answers the path to go on to, or show the form again with its errors."""
    try:
        return see_other(visit, save())
    except Invalid as wrong:
        return refused({wrong.field: wrong.cure})
    except Conflict as wrong:
        return refused({"standing": str(wrong)})


def record_page(visit: Visit, form: RecordForm, status: int = 200) -> Response[str]:
    return page(visit, "record.html", form, status=status)


def org_options(orgs: Iterable[OrgLine], none: str = "") -> tuple[tuple[str, str], ...]:
    """Orgs as a tree; `none` labels the empty choice, where there is one."""
    listed = tuple(
        (line.org.id, "\N{EM SPACE}" * line.depth + f"{line.org.name} ({line.org.code})")
        for line in orgs
    )
    return (("", none), *listed) if none else listed


def kind_options(stored: str | None, usual: Iterable[str]) -> list[tuple[str, str]]:
    """The usual kinds, after the stored one, which a roster may have called otherwise."""
    kinds = dict.fromkeys((*([stored] if stored is not None else []), *usual))
    return [(kind, kind.capitalize()) for kind in kinds]


def date_of(fields: FormFields, name: str) -> date:
    """Raises Invalid for anything but a date."""
    try:
        return date.fromisoformat(fields.text(name).strip())
    except ValueError:
        raise Invalid(name, "give a date.") from None
