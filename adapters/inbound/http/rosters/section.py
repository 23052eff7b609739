"""One section with its people: enrolled and ended by hand, too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid, NotFound
from application.queries.rosters.lookup import Lookup
from application.queries.rosters.section_register import Enrolled, ReadSection, SectionView
from application.use_cases.rosters.keep_sections import EndEnrolment, Enrol, EnrolCommand
from domain.access import Right
from domain.ids import PersonId, SectionId
from domain.rostering import EnrolmentRole

_NOTICES = {
    "saved": "Saved.",
    "enrolled": "Enrolled. The person has the role at once.",
    "ended": "The enrolment has ended. Scores stay.",
}


class EnrolForm(Struct, frozen=True):
    tech_id: str = ""
    person: str = ""
    role: str = EnrolmentRole.STUDENT.value
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class SectionModel:
    view: SectionView
    notice: str = ""
    typed: EnrolForm = field(default_factory=EnrolForm)
    errors: Mapping[str, str] = field(default_factory=dict)
    roles: Sequence[EnrolmentRole] = tuple(EnrolmentRole)

    @property
    def active(self) -> list[Enrolled]:
        return [one for one in self.view.people if one.active]

    @property
    def ended(self) -> list[Enrolled]:
        return [one for one in self.view.people if not one.active]


@get("/sections/{section_id:str}", right=Right.RUN_SYSTEM, sync_to_thread=True)
def section(
    section_id: FromPath[str],
    visit: Injected[Visit],
    read_section: Injected[ReadSection],
    done: FromQuery[str] = "",
) -> Response[str]:
    model = SectionModel(read_section(SectionId(section_id)), _NOTICES.get(done, ""))
    return page(visit, "section.html", model)


@post("/sections/{section_id:str}/people", right=Right.RUN_SYSTEM, sync_to_thread=True)
def enrol_a_person(
    section_id: FromPath[str],
    data: URLEncodedBody[EnrolForm],
    visit: Injected[Visit],
    enrol: Injected[Enrol],
    lookup: Injected[Lookup],
    read_section: Injected[ReadSection],
) -> Response[str] | Redirect:
    try:
        enrol(_command(visit, section_id, lookup.person(data.tech_id), data.role))
    except NotFound:
        errors = {"tech_id": "no person has this Tech ID. Make the person first."}
    except Invalid as wrong:
        errors = {"tech_id": wrong.cure}
    else:
        return see_other(visit, f"/sections/{section_id}?done=enrolled")
    model = SectionModel(read_section(SectionId(section_id)), "", data, errors)
    return page(visit, "section.html", model, status=422)


@post("/sections/{section_id:str}/people/end", right=Right.RUN_SYSTEM, sync_to_thread=True)
def end_an_enrolment(
    section_id: FromPath[str],
    data: URLEncodedBody[EnrolForm],
    visit: Injected[Visit],
    end_enrolment: Injected[EndEnrolment],
) -> Redirect:
    end_enrolment(_command(visit, section_id, PersonId(data.person), data.role))
    return see_other(visit, f"/sections/{section_id}?done=ended")


def _command(visit: Visit, section_id: str, person_id: PersonId, role: str) -> EnrolCommand:
    if role not in set(EnrolmentRole):
        raise Invalid("role", "choose student or teacher.")
    return EnrolCommand(visit.person_id, SectionId(section_id), person_id, EnrolmentRole(role))


ROUTES = (section, enrol_a_person, end_an_enrolment)
