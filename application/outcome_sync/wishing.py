"""From what is stored here to what shall stand in the LMS: CSLOs, and rows of an assessment."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from application.errors import Invalid
from application.outcome_sync.destinations import Destination, Destinations
from application.outcome_sync.wishes import OutcomeWishes, WishedFolder, WishedSlo
from application.ports.unit_of_work import UnitOfWork
from application.workplace import Workplace
from domain.assessment import AssessmentKind
from domain.errors import NonsenseValue
from domain.ids import CourseId, LmsAccountRef, LmsCourseRef, SectionAssessmentId, SiteId, SloId
from domain.outcomes.content import clipped, content_of, meanings_of, wording_of
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.outcomes.guids import course_folder_guid, slo_guid, use_folder_guid, use_guid
from domain.outcomes.publication import Publication
from domain.rostering import Course
from domain.rubric import Criterion, slo_row
from domain.scale import AssessmentScale
from domain.slo import Slo, SloKind, SloState


def wishes_of_courses(
    unit: UnitOfWork, courses: Sequence[Course], destinations: Destinations
) -> list[OutcomeWishes]:
    """The CSLOs of these courses, on the default scale, one bundle for each place.

    Retired CSLOs count as long as something of them was sent.
    """
    by_course = _cslos(unit, {course.id for course in courses})
    ids = [slo.id for slos in by_course.values() for slo in slos]
    sent_ever = unit.publications.of_slos(destinations.site.id, ids)
    known = [one for one in sent_ever if one.work_id is None and not one.mapped]
    sent = {one.slo_id for one in known}
    scale = default_scale(unit)
    bundles: dict[Destination, list[WishedSlo]] = {}
    for course in courses:
        slos = [s for s in by_course.get(course.id, []) if _counts(s, sent)]
        if slos:
            bundle = bundles.setdefault(destinations.of(course), [])
            bundle += [_of_slo(slo, course, scale) for slo in slos]
    return [_bundle(at, None, slos, known) for at, slos in bundles.items()]


def wishes_of_work(
    unit: UnitOfWork, place: Workplace, site_id: SiteId, course: LmsCourseRef, name: str
) -> OutcomeWishes:
    """The rows of the assessment that stand for SLOs, and SLOs that it has no more (F25)."""
    at = OutcomePlace(PlaceKind.COURSE, course)
    sent_ever = unit.publications.of_place(site_id, at, place.work.id)
    here = [one for one in sent_ever if not one.mapped]
    rows = {row.slo_ids[0]: row for row in reversed(_slo_rows(place))}
    slos = unit.outcomes.slos_by_id([*rows, *(one.slo_id for one in here)])
    folder = WishedFolder(
        clipped(place.assessment.name),
        lambda root: use_folder_guid(root, place.work.id, course),
    )
    maker = _UseMaker(place.work.id, course, folder)
    wished = [maker.of_row(row, slos[slo_id]) for slo_id, row in rows.items() if slo_id in slos]
    wished += [maker.dropped(one, slos[one.slo_id]) for one in here if one.slo_id not in rows]
    by_id = {slo.slo_id: slo for slo in wished}
    ordered = sorted(by_id.values(), key=lambda slo: slo.code)
    return _bundle(Destination(at, name), place.work.id, ordered, here)


def default_scale(unit: UnitOfWork) -> AssessmentScale:
    """Raises: Invalid when no scale is there yet."""
    scales = unit.outcomes.scales()
    if not scales:
        raise Invalid("scale", "import a default scale first.")
    return scales[0]


@dataclass(frozen=True, slots=True)
class _UseMaker:
    work_id: SectionAssessmentId
    course: LmsCourseRef
    folder: WishedFolder

    def of_row(self, row: Criterion, slo: Slo) -> WishedSlo:
        return _wished(slo, row, self.folder, self._guids(slo.id), retired=False)

    def dropped(self, sent: Publication, slo: Slo) -> WishedSlo:
        return WishedSlo(
            slo_id=slo.id,
            slo_version=sent.slo_version,
            code=slo.code,
            folder=self.folder,
            content=sent.content,
            meanings=sent.meanings,
            retired=True,
            hindrance="",
            guid_under=self._guids(slo.id),
        )

    def _guids(self, slo_id: SloId) -> Callable[[LmsAccountRef, int], str]:
        return lambda root, generation: use_guid(
            root, self.work_id, self.course, slo_id, generation
        )


def _cslos(unit: UnitOfWork, wanted: set[CourseId]) -> dict[CourseId, list[Slo]]:
    found: dict[CourseId, list[Slo]] = {}
    for slo in unit.outcomes.slos():
        if slo.kind is SloKind.COURSE and slo.course_id in wanted:
            found.setdefault(slo.course_id, []).append(slo)
    return found


def _counts(slo: Slo, sent: set[SloId]) -> bool:
    if slo.state is SloState.RETIRED:
        return slo.id in sent
    return slo.state is SloState.ACTIVE


def _of_slo(slo: Slo, course: Course, scale: AssessmentScale) -> WishedSlo:
    folder = WishedFolder(
        clipped(f"{course.code} {course.title}"), lambda root: course_folder_guid(root, course.id)
    )
    retired = slo.state is SloState.RETIRED
    return _wished(
        slo,
        slo_row(slo, scale),
        folder,
        lambda root, generation: slo_guid(root, slo.id, generation),
        retired=retired,
    )


def _wished(
    slo: Slo,
    row: Criterion,
    folder: WishedFolder,
    guid_under: Callable[[LmsAccountRef, int], str],
    *,
    retired: bool,
) -> WishedSlo:
    try:
        content, hindrance = content_of(row), ""
    except NonsenseValue:
        content, hindrance = wording_of(row), "no-threshold"
    return WishedSlo(
        slo_id=slo.id,
        slo_version=slo.version,
        code=slo.code,
        folder=folder,
        content=content,
        meanings=meanings_of(row),
        retired=retired,
        hindrance=hindrance,
        guid_under=guid_under,
    )


def _slo_rows(place: Workplace) -> list[Criterion]:
    student = place.assessment.kind is AssessmentKind.STUDENT
    rows = place.rubric.outcomes if student else place.rubric.criteria
    return [row for row in rows if row.slo_ids]


def _bundle(
    at: Destination,
    work_id: SectionAssessmentId | None,
    slos: Iterable[WishedSlo],
    known: Iterable[Publication],
) -> OutcomeWishes:
    listed = tuple(slos)
    ids = {slo.slo_id for slo in listed}
    return OutcomeWishes(at, work_id, listed, tuple(one for one in known if one.slo_id in ids))
