"""The sites and terms that the check of Course Codes can be asked for."""

from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class CheckChoices:
    """By name; terms with the newest first."""

    sites: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CourseCheckChoices:
    units: UnitOfWorkFactory

    def __call__(self) -> CheckChoices:
        with self.units(write=False) as unit:
            sites = tuple(site.name for site in unit.sites.sites() if site.active)
            terms = tuple(dict.fromkeys(t.name for t in unit.roster.terms() if t.active))
        return CheckChoices(sites, terms)
