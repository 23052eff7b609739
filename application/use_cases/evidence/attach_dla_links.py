"""Attach links to one's own DLA, several at once, for programs."""

from dataclasses import dataclass

from application.errors import Invalid
from application.ports.unit_of_work import UnitOfWorkFactory
from application.use_cases.evidence.add_evidence import AddLink, AddLinkCommand
from application.viewers import Viewer
from domain.errors import NonsenseValue
from domain.evidence import EvidenceTarget
from domain.ids import AssignedDlaId, PersonId
from domain.web_link import links_from


@dataclass(frozen=True, slots=True)
class AttachDlaLinks:
    """As the page does it one by one; an address that is attached already is left alone."""

    units: UnitOfWorkFactory
    add_link: AddLink

    def __call__(self, viewer: Viewer, assigned_id: AssignedDlaId, written: str) -> None:
        """`written` holds one link a line.

        Raises:
            Invalid: one is no web address; none of them is attached then.
            NotFound, Conflict: as `AddLink`.
        """
        try:
            links = links_from(written)
        except NonsenseValue as wrong:
            raise Invalid("links", str(wrong)) from wrong
        target = EvidenceTarget.dla(assigned_id, viewer.person_id or PersonId(""))
        with self.units(write=False) as unit:
            there = {one.url for one in unit.evidence.of_target(target) if one.is_kept}
        for link in {link.address: link for link in links}.values():
            if link.address not in there:
                self.add_link(AddLinkCommand(viewer, target, link.address, link.label))
