"""Orgs as a tree, one org, and orgs made by hand."""

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
    kind_options,
    org_options,
    record_page,
    saved,
)
from adapters.inbound.http.visit import Visit
from application.queries.rosters.org_register import ListOrgs, OrgLine, OrgView, ReadOrg
from application.use_cases.rosters.keep_orgs import SaveOrg, SaveOrgCommand
from domain.access import Right
from domain.ids import OrgId
from domain.rostering import Org

KINDS = ("institution", "college", "division", "department", "program", "unit")
_REGISTER = Register("/orgs", "Orgs", "org", "/edit")


@dataclass(frozen=True, slots=True)
class OrgsModel:
    lines: Sequence[OrgLine]
    notice: str


@dataclass(frozen=True, slots=True)
class OrgModel:
    view: OrgView
    notice: str


@get("/orgs", right=Right.RUN_SYSTEM, sync_to_thread=True)
def orgs(
    visit: Injected[Visit], list_orgs: Injected[ListOrgs], done: FromQuery[str] = ""
) -> Response[str]:
    model = OrgsModel(list_orgs(ended=True), "Saved." if done else "")
    return page(visit, "orgs.html", model)


@get("/orgs/new", right=Right.RUN_SYSTEM, sync_to_thread=True)
def new_org(visit: Injected[Visit], list_orgs: Injected[ListOrgs]) -> Response[str]:
    return record_page(visit, _form(list_orgs(), None, None, {}))


@post("/orgs/new", right=Right.RUN_SYSTEM, sync_to_thread=True)
def make_org(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_org: Injected[SaveOrg],
    list_orgs: Injected[ListOrgs],
) -> Response[str] | Redirect:
    typed = FormFields(data)
    return saved(
        visit,
        lambda: f"/orgs/{save_org(_command(visit, typed, None)).id}?done=yes",
        lambda errors: record_page(visit, _form(list_orgs(), None, typed, errors), 422),
    )


@get("/orgs/{org_id:str}", right=Right.RUN_SYSTEM, sync_to_thread=True)
def org(
    org_id: FromPath[str],
    visit: Injected[Visit],
    read_org: Injected[ReadOrg],
    done: FromQuery[str] = "",
) -> Response[str]:
    model = OrgModel(read_org(OrgId(org_id)), "Saved." if done else "")
    return page(visit, "org.html", model)


@get("/orgs/{org_id:str}/edit", right=Right.RUN_SYSTEM, sync_to_thread=True)
def org_form(
    org_id: FromPath[str],
    visit: Injected[Visit],
    read_org: Injected[ReadOrg],
    list_orgs: Injected[ListOrgs],
) -> Response[str]:
    return record_page(visit, _form(list_orgs(), read_org(OrgId(org_id)).org, None, {}))


@post("/orgs/{org_id:str}/edit", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_an_org(
    org_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_org: Injected[SaveOrg],
    read_org: Injected[ReadOrg],
    list_orgs: Injected[ListOrgs],
) -> Response[str] | Redirect:
    typed, stored = FormFields(data), read_org(OrgId(org_id)).org
    return saved(
        visit,
        lambda: f"/orgs/{save_org(_command(visit, typed, stored.id)).id}?done=yes",
        lambda errors: record_page(visit, _form(list_orgs(), stored, typed, errors), 422),
    )


def _command(visit: Visit, typed: FormFields, org_id: OrgId | None) -> SaveOrgCommand:
    parent = typed.text("parent")
    return SaveOrgCommand(
        visit.person_id,
        org_id,
        typed.text("code"),
        typed.text("name"),
        typed.text("kind"),
        OrgId(parent) if parent else None,
        typed.text("standing") != ENDED,
    )


def _form(
    lines: Sequence[OrgLine], org: Org | None, typed: FormFields | None, errors: Mapping[str, str]
) -> RecordForm:
    fields = [
        FormField("code", "Code", org.code if org else ""),
        FormField("name", "Name", org.name if org else ""),
        FormField("kind", "Kind", org.kind if org else "department",
                  options=kind_options(org.kind if org else None, KINDS)),
        FormField("parent", "Below", (org.parent_id or "") if org else "",
                  options=org_options(lines, "Nothing: at the root")),
    ]  # fmt: skip
    return _REGISTER.form(org, org.name if org else "", fields, typed, errors)


ROUTES = (orgs, new_org, make_org, org, org_form, save_an_org)
