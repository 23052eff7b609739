"""What the fields of an SLO must hold, whoever brings them."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from application.errors import Invalid
from application.ports.unit_of_work import UnitOfWork
from application.slos.names import course_named, org_named
from domain.ids import CourseId, OrgId, ScaleId, SloId
from domain.outcomes.content import LONGEST_TITLE
from domain.score import plain
from domain.slo import PerformanceDescriptor, Slo, SloKind

LONGEST_CODE = 100
LONGEST_STATEMENT = 10_000

Descriptors = Mapping[tuple[ScaleId, Decimal], str]
"""By scale and points; an empty text takes the SLO's own descriptor away."""


def free_code(unit: UnitOfWork, written: str, own: SloId | None) -> str:
    """Raises Invalid: empty, too long, or another SLO's."""
    code = words("code", " ".join(written.split()), LONGEST_CODE)
    if any(slo.code == code and slo.id != own for slo in unit.outcomes.slos()):
        raise Invalid("code", f"another SLO has the code {code}; give this one its own.")
    return code


def words(field: str, written: str, longest: int) -> str:
    text = written.strip()
    if not text:
        raise Invalid(field, f"give the SLO a {field}.")
    if len(text) > longest:
        raise Invalid(field, f"it has {len(text):,} characters; {longest:,} is the most.")
    return text


def title_of(written: str) -> str:
    return words("title", " ".join(written.split()), LONGEST_TITLE)


def statement_of(written: str) -> str:
    return words("statement", written, LONGEST_STATEMENT)


def owner_of(
    unit: UnitOfWork, kind: SloKind, course: str, org: str
) -> tuple[CourseId | None, OrgId | None]:
    """A CSLO belongs to a course, a PSLO to an org, an ISLO to an org or to the institution."""
    if kind is SloKind.COURSE:
        if not course:
            raise Invalid("course", "choose the course that the CSLO belongs to.")
        return course_named(unit, course).id, None
    if not org and kind is SloKind.PROGRAM:
        raise Invalid("org", "choose the program or org that the PSLO belongs to.")
    return None, org_named(unit, org).id if org else None


def described(unit: UnitOfWork, slo: Slo, given: Descriptors) -> Slo:
    """The SLO with these descriptors; those of other scales and levels stay.

    Raises:
        Invalid: a scale or score level that is not there.
    """
    texts = {(one.scale_id, one.points): one.text for one in slo.descriptors}
    offered = {
        (scale.id, level.points) for scale in unit.outcomes.scales() for level in scale.levels
    }
    for (scale_id, points), text in given.items():
        if (scale_id, points) not in offered:
            raise Invalid("descriptors", f"there is no score level {plain(points)} on that scale.")
        texts[scale_id, points] = text.strip()
    kept = tuple(
        PerformanceDescriptor(scale_id, points, text)
        for (scale_id, points), text in sorted(texts.items())
        if text
    )
    return slo if set(kept) == set(slo.descriptors) else replace(slo, descriptors=kept)
