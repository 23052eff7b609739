"""LTI and rosters: do launches come, do they name people and sections that are known?"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from application.college_rules import today
from application.doctor.findings import Finding, bad, good, note
from application.ports.unit_of_work import UnitOfWork
from application.use_cases.lms.lti_switch import lti_is_enabled
from domain.identity import LaunchRecord, MismatchReason
from domain.rostering import Section

_LATELY = timedelta(days=14)
_LAUNCHES = 100
_FEW, _MANY = 0.7, 0.95
"""Shares of matched launches below which it is bad, and from which it is good."""
_PERSON_SLUGS = frozenset({"ok", "person-unmatched", "person-ambiguous"})
_WITHOUT_IDS = frozenset({MismatchReason.NOTHING_SENT, MismatchReason.ANONYMOUS})


def about_launches(unit: UnitOfWork, now: datetime) -> Iterator[Finding]:
    recent = unit.identities.recent(_LAUNCHES)
    yield _switch(unit)
    yield _key(unit)
    yield _seen(recent, now)
    asked = [record for record in recent if record.slug in _PERSON_SLUGS]
    yield _privacy(asked) if asked else _not_known("privacy level")
    yield _matched(asked) if asked else _not_known("matching")


def about_rosters(unit: UnitOfWork, now: datetime) -> Iterator[Finding]:
    sections = [section for section in unit.roster.sections() if section.active]
    if not sections:
        yield bad("roster", "no section is loaded", "run `attain load oneroster`")
        return
    yield good("roster", f"{len(sections)} active sections")
    yield _known_in_the_lms(unit, _current(unit, sections, now))
    yield _unmatched(unit)


def _switch(unit: UnitOfWork) -> Finding:
    if lti_is_enabled(unit.settings):
        return good("LTI", "enabled")
    return bad("LTI", "disabled, every launch is refused", "run `attain lti enable`")


def _key(unit: UnitOfWork) -> Finding:
    active = sum(key.active for key in unit.registrations.keys())  # noqa: SIM118 no dict
    if active:
        return good("consumer key", f"{active} active")
    return bad("consumer key", "there is none", "run `attain lti key new`")


def _seen(recent: Sequence[LaunchRecord], now: datetime) -> Finding:
    if not recent:
        cure = "open an assignment of Attain in Canvas once"
        return note("launches", "none has come yet", cure)
    last = recent[0].at
    says = f"the last one came {last:%Y-%m-%d %H:%M} UTC"
    if now - last <= _LATELY:
        return good("launches", says)
    return note("launches", says, "fine between terms; else look at the tool in Canvas")


def _not_known(name: str) -> Finding:
    return note(name, "not known before the first launch", "open an assignment of Attain once")


def _privacy(asked: Sequence[LaunchRecord]) -> Finding:
    """A tool whose privacy level is not Public is sent no ids of people."""
    bare = sum(record.reason in _WITHOUT_IDS for record in asked)
    if not bare:
        return good("privacy level", "launches carry the ids of people")
    says = f"{bare} of the last {len(asked)} launches carried no id"
    cure = "set the tool's privacy level to Public in Canvas"
    if bare == len(asked):
        return bad("privacy level", says, cure)
    return note("privacy level", says, f"{cure}; those people may have no SIS id there")


def _matched(asked: Sequence[LaunchRecord]) -> Finding:
    matched = sum(record.slug == "ok" for record in asked)
    says = f"{matched} of the last {len(asked)} launches found their person"
    cure = "see Launches and `attain match queue list`, and check the matching rules"
    share = matched / len(asked)
    if share >= _MANY:
        return good("matching", says)
    return note("matching", says, cure) if share >= _FEW else bad("matching", says, cure)


def _current(unit: UnitOfWork, sections: Sequence[Section], now: datetime) -> list[Section]:
    day = today(unit.settings, now)
    terms = {term.id for term in unit.roster.terms() if term.is_current(day)}
    return [section for section in sections if section.term_id in terms]


def _known_in_the_lms(unit: UnitOfWork, sections: Sequence[Section]) -> Finding:
    """Which sections of this term have an assignment linked, and so a known course."""
    links = unit.links.in_sections([section.id for section in sections])
    known = {link.section_id for link in links if link.active and link.course_ref}
    says = f"{len(known)} of {len(sections)} sections of this term have a linked assignment"
    return good("sections", says)


def _unmatched(unit: UnitOfWork) -> Finding:
    recent = unit.identities.recent(_LAUNCHES)
    lost = {
        one.context_label or one.context_id for one in recent if one.slug == "section-unmatched"
    }
    if not lost:
        return good("section titles", "no recent launch missed its section")
    says = f"launches from {len(lost)} Canvas courses found no section: {', '.join(sorted(lost))}"
    return note("section titles", says, "make the Section Title equal the Canvas Course Code")
