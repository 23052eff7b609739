"""The register of sections, and sections made by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.paging import Pager
from adapters.inbound.http.rosters.record_form import (
    ENDED,
    FormField,
    RecordForm,
    Register,
    record_page,
    saved,
)
from adapters.inbound.http.rosters.register_filters import filter_of, pager_of
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Invalid
from application.paging import ListPage
from application.ports.people_repositories import Standing
from application.queries.rosters.lookup import Lookup
from application.queries.rosters.org_register import ListOrgs, OrgLine
from application.queries.rosters.section_register import (
    ListTerms,
    ReadSection,
    RegisterFilter,
    SectionLine,
    SectionRegister,
    SectionView,
    TermLine,
)
from application.use_cases.rosters.keep_sections import SaveSection, SaveSectionCommand
from domain.access import Right
from domain.ids import SectionId, TermId

_REGISTER = Register("/sections", "Sections", "section", "/edit")


@dataclass(frozen=True, slots=True)
class SectionsModel:
    found: ListPage[SectionLine]
    filter: RegisterFilter
    terms: Sequence[TermLine]
    orgs: Sequence[OrgLine]
    pager: Pager
    standings: Sequence[Standing] = tuple(Standing)

    @property
    def is_filtered(self) -> bool:
        return self.filter != RegisterFilter(page=self.filter.page)


@dataclass(frozen=True, slots=True)
class SectionForms:
    """What the forms of a section need besides the section."""

    list_terms: ListTerms
    lookup: Lookup

    def of(
        self,
        view: SectionView | None,
        typed: FormFields | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> RecordForm:
        section = view.section if view else None
        terms = [(line.term.id, line.term.name) for line in self.list_terms() if line.term.active]
        fields = [
            FormField("title", "Section Title", section.title if section else "",
                      hint="Must equal the Canvas Course Code for the course to be found."),
            FormField("code", "Code", section.code if section else "", required=False),
            FormField("course", "Course code", view.course.code if view else "",
                      hint="Such as ENGL 101."),
            FormField("term", "Term", section.term_id if section else "", options=terms),
        ]  # fmt: skip
        title = section.title if section else ""
        return _REGISTER.form(section, title, fields, typed, errors or {})

    def command(
        self, visit: Visit, typed: FormFields, section_id: SectionId | None
    ) -> SaveSectionCommand:
        """Raises Invalid for a course code that fits none or several."""
        if not typed.text("term"):
            raise Invalid("term", "make a term first, then choose it here.")
        return SaveSectionCommand(
            visit.person_id,
            section_id,
            typed.text("title"),
            typed.text("code"),
            self.lookup.course(typed.text("course")),
            TermId(typed.text("term")),
            typed.text("standing") != ENDED,
        )


@get("/sections", right=Right.RUN_SYSTEM, sync_to_thread=True)
def sections(
    request: AnyRequest,
    visit: Injected[Visit],
    section_register: Injected[SectionRegister],
    list_terms: Injected[ListTerms],
    list_orgs: Injected[ListOrgs],
) -> Response[str]:
    wanted = filter_of(request)
    found = section_register(wanted)
    pager = pager_of(request, "/sections", found)
    model = SectionsModel(found, wanted, list_terms(), list_orgs(), pager)
    return page(visit, "sections.html", model)


@get("/sections/new", right=Right.RUN_SYSTEM, sync_to_thread=True)
def new_section(visit: Injected[Visit], section_forms: Injected[SectionForms]) -> Response[str]:
    return record_page(visit, section_forms.of(None))


@post("/sections/new", right=Right.RUN_SYSTEM, sync_to_thread=True)
def make_section(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_section: Injected[SaveSection],
    section_forms: Injected[SectionForms],
) -> Response[str] | Redirect:
    typed = FormFields(data)
    return saved(
        visit,
        lambda: f"/sections/{save_section(section_forms.command(visit, typed, None)).id}",
        lambda errors: record_page(visit, section_forms.of(None, typed, errors), 422),
    )


@get("/sections/{section_id:str}/edit", right=Right.RUN_SYSTEM, sync_to_thread=True)
def section_form(
    section_id: FromPath[str],
    visit: Injected[Visit],
    read_section: Injected[ReadSection],
    section_forms: Injected[SectionForms],
) -> Response[str]:
    return record_page(visit, section_forms.of(read_section(SectionId(section_id))))


@post("/sections/{section_id:str}/edit", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_a_section(
    section_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_section: Injected[SaveSection],
    read_section: Injected[ReadSection],
    section_forms: Injected[SectionForms],
) -> Response[str] | Redirect:
    typed, view = FormFields(data), read_section(SectionId(section_id))
    own = view.section.id
    return saved(
        visit,
        lambda: f"/sections/{save_section(section_forms.command(visit, typed, own)).id}?done=saved",
        lambda errors: record_page(visit, section_forms.of(view, typed, errors), 422),
    )


ROUTES = (sections, new_section, make_section, section_form, save_a_section)
