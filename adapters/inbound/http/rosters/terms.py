"""Terms, and terms made by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.rosters.record_form import (
    ENDED,
    FormField,
    RecordForm,
    Register,
    date_of,
    kind_options,
    record_page,
    saved,
)
from adapters.inbound.http.visit import Visit
from application.errors import NotFound
from application.queries.rosters.section_register import ListTerms, TermLine
from application.use_cases.rosters.keep_orgs import SaveTerm, SaveTermCommand
from domain.access import Right
from domain.ids import TermId
from domain.rostering import Term

KINDS = ("semester", "quarter", "trimester", "session", "year")
_REGISTER = Register("/terms", "Terms", "term")


@dataclass(frozen=True, slots=True)
class TermsModel:
    lines: Sequence[TermLine]
    notice: str


@get("/terms", right=Right.RUN_SYSTEM, sync_to_thread=True)
def terms(
    visit: Injected[Visit], list_terms: Injected[ListTerms], done: FromQuery[str] = ""
) -> Response[str]:
    return page(visit, "terms.html", TermsModel(list_terms(), "Saved." if done else ""))


@get("/terms/new", right=Right.RUN_SYSTEM, sync_to_thread=False)
def new_term(visit: Injected[Visit]) -> Response[str]:
    return record_page(visit, _form(None, None, {}))


@post("/terms/new", right=Right.RUN_SYSTEM, sync_to_thread=True)
def make_term(
    data: URLEncodedBody[FormBody], visit: Injected[Visit], save_term: Injected[SaveTerm]
) -> Response[str] | Redirect:
    typed = FormFields(data)
    return saved(
        visit,
        lambda: _saved(save_term, _command(visit, typed, None)),
        lambda errors: record_page(visit, _form(None, typed, errors), 422),
    )


@get("/terms/{term_id:str}", right=Right.RUN_SYSTEM, sync_to_thread=True)
def term_form(
    term_id: FromPath[str], visit: Injected[Visit], list_terms: Injected[ListTerms]
) -> Response[str]:
    return record_page(visit, _form(_stored(list_terms, term_id), None, {}))


@post("/terms/{term_id:str}", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_a_term(
    term_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_term: Injected[SaveTerm],
    list_terms: Injected[ListTerms],
) -> Response[str] | Redirect:
    typed, stored = FormFields(data), _stored(list_terms, term_id)
    return saved(
        visit,
        lambda: _saved(save_term, _command(visit, typed, stored.id)),
        lambda errors: record_page(visit, _form(stored, typed, errors), 422),
    )


def _stored(list_terms: ListTerms, term_id: str) -> Term:
    for line in list_terms():
        if line.term.id == term_id:
            return line.term
    raise NotFound("This term")


def _saved(save_term: SaveTerm, command: SaveTermCommand) -> str:
    save_term(command)
    return "/terms?done=yes"


def _command(visit: Visit, typed: FormFields, term_id: TermId | None) -> SaveTermCommand:
    return SaveTermCommand(
        visit.person_id,
        term_id,
        typed.text("name"),
        typed.text("kind"),
        date_of(typed, "starts_on"),
        date_of(typed, "ends_on"),
        typed.text("standing") != ENDED,
    )


def _form(term: Term | None, typed: FormFields | None, errors: Mapping[str, str]) -> RecordForm:
    fields = [
        FormField("name", "Name", term.name if term else "", hint="Such as Fall 2026."),
        FormField("kind", "Kind", term.kind if term else "semester",
                  options=kind_options(term.kind if term else None, KINDS)),
        FormField("starts_on", "First day", str(term.starts_on) if term else "", type="date"),
        FormField("ends_on", "Last day", str(term.ends_on) if term else "", type="date"),
    ]  # fmt: skip
    return _REGISTER.form(term, term.name if term else "", fields, typed, errors)


ROUTES = (terms, new_term, make_term, term_form, save_a_term)
