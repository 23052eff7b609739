"""The audit trail as a page: filters, export, and the proof that nobody changed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import msgspec
from litestar import Response, get
from litestar.params import FromQuery
from litestar.response import Stream

from adapters.inbound.files.csv_text import csv_lines
from adapters.inbound.http.form_fields import FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.line_stream import sent_as_written
from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Invalid
from application.queries.settings.audit_trail import AuditPage, AuditProof, ReadAudit, VerifyAudit
from domain.access import Right
from domain.audit import AuditEntry, AuditFilter
from domain.college_time import CollegeTime

COLUMNS = ("number", "at", "who", "did", "to", "details", "previous", "digest")
_FIELDS = ("who", "did", "to", "since", "until")


@dataclass(frozen=True, slots=True)
class AuditView:
    """`query` is the filter as it stands in an address, empty or beginning with `&`."""

    typed: Mapping[str, str]
    errors: Mapping[str, str]
    found: AuditPage
    query: str


@get("/audit", right=Right.RUN_SYSTEM, sync_to_thread=True)
def audit_trail(
    request: AnyRequest,
    visit: Injected[Visit],
    read_audit: Injected[ReadAudit],
    before: FromQuery[int | None] = None,
) -> Response[str]:
    typed = _typed(request)
    try:
        found, errors = read_audit(_filter(typed, visit.time, read_audit), before=before), {}
    except Invalid as wrong:
        found, errors = AuditPage((), {}, None), {wrong.field: wrong.cure}
    view = AuditView(typed, errors, found, _query(typed))
    return page(visit, "audit.html", view, status=422 if errors else 200)


@get("/audit/verify", right=Right.RUN_SYSTEM, sync_to_thread=True)
def verify_trail(visit: Injected[Visit], verify_audit: Injected[VerifyAudit]) -> Response[str]:
    """Works the whole chain out anew, so it is a page of its own."""
    proof: AuditProof = verify_audit()
    return page(visit, "audit-proof.html", proof)


@get("/audit/export", right=Right.RUN_SYSTEM, sync_to_thread=True)
def export_trail(
    request: AnyRequest,
    visit: Injected[Visit],
    read_audit: Injected[ReadAudit],
    kind: FromQuery[str] = "csv",
) -> Stream:
    """What the filter finds, newest first, as CSV or as one JSON object a line."""
    entries = read_audit.every(_filter(_typed(request), visit.time, read_audit))
    if kind == "json":
        return _file(_json_lines(entries), "audit.jsonl", "application/jsonl")
    lines = csv_lines(COLUMNS, (_row(entry) for entry in entries))
    return _file(lines, "audit.csv", "text/csv; charset=utf-8")


def _file(lines: Iterator[str], name: str, media_type: str) -> Stream:
    disposition = f'attachment; filename="{name}"'
    return sent_as_written(lines, media_type=media_type, disposition=disposition)


def _json_lines(entries: Iterator[AuditEntry]) -> Iterator[str]:
    return (f"{msgspec.json.encode(entry).decode()}\n" for entry in entries)


def _row(entry: AuditEntry) -> tuple[object, ...]:
    told = (entry.actor, entry.verb, entry.subject, entry.details)
    return (entry.number, entry.at.isoformat(), *told, entry.previous, entry.digest)


def _typed(request: AnyRequest) -> dict[str, str]:
    return {name: request.query_params.get(name, "").strip() for name in _FIELDS}


def _query(typed: Mapping[str, str]) -> str:
    given = urlencode({name: value for name, value in typed.items() if value})
    return f"&{given}" if given else ""


def _filter(typed: Mapping[str, str], time: CollegeTime, read_audit: ReadAudit) -> AuditFilter:
    """Days are whole ones, the last included. Raises Invalid."""
    fields = FormFields(dict(typed))
    since, last = fields.day("since"), fields.day("until")
    return AuditFilter(
        None if since is None else time.start_of(since),
        None if last is None else time.start_of(last + timedelta(days=1)),
        read_audit.actor(typed["who"]),
        typed["did"],
        typed["to"],
    )


ROUTES = (audit_trail, verify_trail, export_trail)
