"""What the college attests: who it is, who the student is, and which SLOs were reached."""

from collections.abc import Iterable

from application.errors import Conflict
from application.ports.credentials import Signer
from application.ports.secrets import Sealer, signing_key_row
from application.ports.unit_of_work import UnitOfWork
from application.released import Released, SloReached
from domain.credential import Achieved, AchievedLevel, Issuer, Learner
from domain.ids import SigningKeyId
from domain.rostering import Person
from domain.rubric import Criterion, CriterionLevel
from domain.score import plain

PROFILE = "/credentials/issuer"
KEYS = "/credentials/keys"
STATUS = "/credentials/status"


def college(unit: UnitOfWork, base_url: str) -> Issuer:
    """The institution at the top of the tree of orgs, by the name it has there."""
    tops = [org for org in unit.roster.orgs() if org.active and org.parent_id is None]
    named = sorted(tops, key=lambda org: (org.kind != "institution", org.id))
    base = base_url.rstrip("/")
    return Issuer(f"{base}{PROFILE}", named[0].name if named else "Attain", base)


def learner(issuer: Issuer, person: Person) -> Learner:
    return Learner(issuer.named("learner", person.id), person.full_name, person.email)


def signer(unit: UnitOfWork, issuer: Issuer, sealer: Sealer) -> Signer:
    """The college's present key, opened.

    Raises:
        Conflict: there is none yet.
    """
    key = next((one for one in unit.signing_keys.all() if one.active), None)
    if key is None:
        raise Conflict("The college has no signing key yet: attain credentials key new.")
    private = sealer.open(key.private, signing_key_row(key.id))
    return Signer(key_url(issuer.url, key.id), private)


def key_url(base_url: str, key_id: SigningKeyId) -> str:
    return f"{base_url}{KEYS}/{key_id}"


def status_url(base_url: str, list_number: int) -> str:
    return f"{base_url}{STATUS}/{list_number}"


def achieved(issuer: Issuer, person: Person, results: Iterable[Released]) -> tuple[Achieved, ...]:
    """Each SLO that was reached at or above the threshold; what was not is no achievement."""
    return tuple(
        _achieved(issuer, person, one, reached, level)
        for one in results
        for reached in one.rows
        if (level := reached.level) is not None and level.mastery.met
    )


def _achieved(
    issuer: Issuer, person: Person, one: Released, reached: SloReached, level: CriterionLevel
) -> Achieved:
    place, row = one.place, reached.row
    at = place.work.released_at
    if at is None:
        raise ValueError(place.work.id)
    named = _achievement(issuer, row)
    levels = {step.points: _level(issuer, named, step) for step in row.levels}
    required = next(step.points for step in row.levels if step.mastery.met)
    parts = (place.work.id, person.id, row.id, plain(level.points), at.isoformat())
    return Achieved(
        id=issuer.named("credential", *parts),
        achievement_id=named,
        learner=learner(issuer, person),
        code=row.code,
        title=row.title,
        statement=row.description,
        assessment=place.assessment.name,
        course=f"{place.course.code} {place.course.title}",
        term=place.term.name,
        levels=tuple(levels.values()),
        required=levels[required].id,
        reached=levels[level.points].id,
        at=at,
        work_id=place.work.id,
        person_id=person.id,
        row_id=row.id,
    )


def _achievement(issuer: Issuer, row: Criterion) -> str:
    """Another wording is another achievement: results stay with the version they were given for."""
    wording = (part for step in row.levels for part in (plain(step.points), step.descriptor))
    slo = row.slo_ids[0] if row.slo_ids else row.id
    return issuer.named("achievement", slo, row.title, row.description, *wording)


def _level(issuer: Issuer, achievement_id: str, step: CriterionLevel) -> AchievedLevel:
    points = plain(step.points)
    named = issuer.named("level", achievement_id, points)
    return AchievedLevel(named, points, step.label, step.descriptor)
