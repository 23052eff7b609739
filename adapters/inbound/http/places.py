"""The places of a desk: which pages stand in the navigation, grouped, and who sees them."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.access import Right

May = Callable[[Right], bool]


@dataclass(frozen=True, slots=True)
class Place:
    path: str
    label: str
    right: Right

    def holds(self, path: str) -> bool:
        return path == self.path or path.startswith(f"{self.path}/")


@dataclass(frozen=True, slots=True)
class Group:
    """Places that belong together; the first that a person may open stands for the group."""

    label: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """One link of the navigation as drawn."""

    path: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Navigation:
    """`groups` is the first row; `places` the second, empty where it would hold only one."""

    groups: tuple[Stop, ...] = ()
    places: tuple[Stop, ...] = ()


GROUPS = (
    Group(
        "My work",
        (
            Place("/mine", "My assessments", Right.SEE_OWN_RESULTS),
            Place("/mine/results", "My results", Right.SEE_OWN_RESULTS),
            Place("/mine/dlas", "My DLAs", Right.SEE_OWN_RESULTS),
            Place("/portfolio", "ePortfolio", Right.SEE_OWN_RESULTS),
        ),
    ),
    Group(
        "Rosters",
        (
            Place("/loads", "Loads", Right.RUN_SYSTEM),
            Place("/people", "People", Right.RUN_SYSTEM),
            Place("/orgs", "Orgs", Right.RUN_SYSTEM),
            Place("/terms", "Terms", Right.RUN_SYSTEM),
            Place("/courses", "Courses", Right.RUN_SYSTEM),
            Place("/sections", "Sections", Right.RUN_SYSTEM),
        ),
    ),
    Group(
        "Outcomes",
        (
            Place("/slos", "SLOs", Right.KEEP_OUTCOMES),
            Place("/slos/map", "Curriculum map", Right.KEEP_OUTCOMES),
            Place("/scales", "Scales", Right.KEEP_OUTCOMES),
            Place("/outcomes", "Outcomes in Canvas", Right.SYNC_OUTCOMES),
        ),
    ),
    Group(
        "Assessments",
        (
            Place("/home", "Home", Right.TEACH),
            Place("/assessments", "My assessments", Right.TEACH),
            Place("/scoring", "Given to score", Right.SCORE),
            Place("/library", "Library", Right.KEEP_OUTCOMES),
            Place("/calendar", "Calendar", Right.KEEP_OUTCOMES),
            Place("/links/offers", "Copied links", Right.KEEP_OUTCOMES),
            Place("/reflections", "Reflections", Right.IMPROVE),
        ),
    ),
    Group(
        "Improvement",
        (
            Place("/action-plans", "Action plans", Right.IMPROVE),
            Place("/rfis", "RFIs", Right.IMPROVE),
            Place("/dlas", "DLAs", Right.TEACH),
            Place("/question-templates", "Templates", Right.KEEP_OUTCOMES),
        ),
    ),
    Group(
        "Reports",
        (
            Place("/reports", "Reports", Right.READ_REPORTS),
            Place("/reports/slo", "SLO performance", Right.READ_REPORTS),
            Place("/reports/disaggregation", "Disaggregation", Right.READ_REPORTS),
            Place("/reports/participation", "Participation", Right.READ_REPORTS),
            Place("/reports/improvement", "Improvement", Right.READ_REPORTS),
            Place("/reports/agreement", "Agreement", Right.READ_REPORTS),
        ),
    ),
    Group(
        "Integrations",
        (
            Place("/settings/lti", "LTI keys", Right.RUN_SYSTEM),
            Place("/settings/canvas", "Canvas", Right.RUN_SYSTEM),
            Place("/settings/matching", "Matching", Right.RUN_SYSTEM),
            Place("/matching/queue", "Matching queue", Right.RUN_SYSTEM),
            Place("/launches", "Launches", Right.RUN_SYSTEM),
            Place("/settings/mail", "Mail", Right.RUN_SYSTEM),
            Place("/settings/doctor", "Doctor", Right.RUN_SYSTEM),
        ),
    ),
    Group(
        "System",
        (
            Place("/settings/assessment", "Assessment settings", Right.RUN_SYSTEM),
            Place("/settings/rosters", "Roster settings", Right.RUN_SYSTEM),
            Place("/settings/profiles", "Student profiles", Right.RUN_SYSTEM),
            Place("/audit", "Audit trail", Right.RUN_SYSTEM),
        ),
    ),
)


def navigation(may: May, path: str) -> Navigation:
    """What a person with these rights sees on the page at `path`; one link alone is none."""
    seen = [(group, _open(group, may)) for group in GROUPS]
    shown = [(group, places) for group, places in seen if places]
    here = _here([place for _, places in shown for place in places], path)
    groups = tuple(Stop(own[0].path, group.label, here in own) for group, own in shown)
    around = next((own for _, own in shown if here in own), ())
    stops = tuple(Stop(place.path, place.label, place is here) for place in around)
    return Navigation(_several(groups), _several(stops))


def _several(stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    return stops if len(stops) > 1 else ()


def _open(group: Group, may: May) -> tuple[Place, ...]:
    return tuple(place for place in group.places if may(place.right))


def _here(places: list[Place], path: str) -> Place | None:
    """The place whose address is the longest that holds the path."""
    holding = [place for place in places if place.holds(path)]
    return max(holding, key=lambda place: len(place.path), default=None)
