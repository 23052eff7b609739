"""Forms of records that are made and changed by hand: fields as data, one template."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from litestar import Response
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormFields
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.by_hand import is_by_hand
from application.errors import Conflict, Invalid
from application.queries.org_register import OrgLine

ACTIVE, ENDED = "active", "ended"
STANDING = ((ACTIVE, "Active"), (ENDED, "Ended"))


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


def fields_with(fields: Iterable[FormField], typed: FormFields | None) -> tuple[FormField, ...]:
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


def comes_from_roster(source_id: str) -> bool:
    return not is_by_hand(source_id)


def org_options(orgs: Iterable[OrgLine], none: str = "") -> tuple[tuple[str, str], ...]:
    """Orgs as a tree; `none` labels the empty choice, where there is one."""
    listed = tuple(
        (line.org.id, "\N{EM SPACE}" * line.depth + f"{line.org.name} ({line.org.code})")
        for line in orgs
    )
    return (("", none), *listed) if none else listed


def date_of(fields: FormFields, name: str) -> date:
    """Raises Invalid for anything but a date."""
    try:
        return date.fromisoformat(fields.text(name).strip())
    except ValueError:
        raise Invalid(name, "give a date.") from None
