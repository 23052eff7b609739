"""Around each comparison: which source ids are new, and what the roster is the truth about."""

from dataclasses import dataclass

from application.loading.diff import AnyEntity, Frame, KindPlan
from application.rosters.records import RecordKind
from application.rosters.roster import Roster
from domain.rostering import Enrolment, Org, Section, Term


@dataclass(frozen=True, slots=True)
class Frames:
    """Outside of its scope a filtered roster ends nothing."""

    roster: Roster

    def of(self, kind: RecordKind) -> Frame:
        """Of orgs, terms, courses and people, which no filtered roster ends."""
        is_whole = self.roster.scope.is_everything
        return Frame(self._renames(kind), lambda _: is_whole)

    def of_sections(self, orgs: KindPlan[Org], terms: KindPlan[Term]) -> Frame:
        scope = self.roster.scope
        chosen_orgs = {one.id for key, one in orgs.live.items() if key in scope.orgs}
        chosen_terms = {one.id for key, one in terms.live.items() if key in scope.terms}

        def holds(section: AnyEntity) -> bool:
            return isinstance(section, Section) and (
                (not scope.orgs or section.org_id in chosen_orgs)
                and (not scope.terms or section.term_id in chosen_terms)
            )

        return Frame(self._renames(RecordKind.SECTIONS), holds)

    def of_enrolments(self, stored: list[Section], sections: KindPlan[Section]) -> Frame:
        """An enrolment is in scope with its section, also with one that ends now."""
        renames = self._renames(RecordKind.ENROLMENTS)
        if self.roster.scope.is_everything:
            return Frame(renames)
        listed = {record.source_id for record in self.roster.sections.rows}
        inside = {one.id for one in stored if one.source_id in listed}
        inside |= {one.id for one in sections.ended}
        return Frame(renames, lambda one: isinstance(one, Enrolment) and one.section_id in inside)

    def _renames(self, kind: RecordKind) -> dict[str, str]:
        return {one.old: one.new for one in self.roster.renames if one.kind is kind}
