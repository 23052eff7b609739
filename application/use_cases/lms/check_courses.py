"""Before faculty start: does each section have its Canvas course, told by its Course Code?"""

from dataclasses import dataclass

from application.account_agents import AccountAgents
from application.errors import Invalid
from application.ports.runtime import Transact
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.course_codes import CodeCheck, CodedCourse, check_codes
from domain.ids import LmsAccountRef
from domain.lms_site import LmsSite
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.rostering import Section

_NO_SITE = "no Canvas site of this name is set up. See System Settings > Integrations > Canvas."
_NO_ACCOUNT = "no Canvas account is chosen for this site. Choose one under Canvas > Accounts."
_NO_TERM = "there is no term of this name; the list of loads shows which there are."


@dataclass(frozen=True, slots=True)
class CheckCoursesCommand:
    """`site` and `term` by name; empty: the first active site, and all terms."""

    site: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class CheckCoursesReport:
    site: str
    check: CodeCheck

    @property
    def well(self) -> int:
        return sum(one.is_well for one in self.check.sections)

    @property
    def without(self) -> int:
        return sum(not one.courses for one in self.check.sections)

    @property
    def several(self) -> int:
        return sum(len(one.courses) > 1 for one in self.check.sections)


_Asked = tuple[LmsSite, list[Section], dict[str, str]]


@dataclass(frozen=True, slots=True)
class CheckCourses:
    """Reads all courses of the account by whoever acts on it; changes nothing anywhere."""

    units: UnitOfWorkFactory
    transact: Transact
    agents: AccountAgents

    async def __call__(self, command: CheckCoursesCommand) -> CheckCoursesReport:
        """Compare.

        Raises:
            Invalid: there is no such site or term, or the site has no account.
            LmsError: the courses could not be read.
        """
        site, sections, terms = await self.transact(lambda: self._asked(command))
        account = LmsAccountRef(site.account_ref)
        agent = await self.agents.acting_on(site.id, OutcomePlace(PlaceKind.ACCOUNT, account))
        courses = [
            CodedCourse(one.ref, one.code, one.sis_id or "", one.term, one.state)
            async for one in agent.gateway.courses_of(account)
        ]
        check = check_codes(sections, terms, courses)
        if command.term and any(course.term == command.term for course in courses):
            rest = tuple(one for one in check.unclaimed if one.term == command.term)
            check = CodeCheck(check.sections, rest)
        return CheckCoursesReport(site.name, check)

    def _asked(self, command: CheckCoursesCommand) -> _Asked:
        with self.units(write=False) as unit:
            sites = [site for site in unit.sites.sites() if site.active]
            terms = {term.id: term.name for term in unit.roster.terms()}
            sections = [section for section in unit.roster.sections() if section.active]
        found = next((one for one in sites if command.site in {"", one.name}), None)
        if found is None:
            raise Invalid("canvas", _NO_SITE)
        if not found.account_ref:
            raise Invalid("canvas", _NO_ACCOUNT)
        if command.term:
            chosen = {key for key, name in terms.items() if name == command.term}
            if not chosen:
                raise Invalid("term", _NO_TERM)
            sections = [section for section in sections if section.term_id in chosen]
        return found, sections, {str(key): name for key, name in terms.items()}
