"""What a Data Steward may decide about a load beforehand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """The usual: nobody is known by another id, and sections with work stay where they are."""

    rekey: bool = False
    """The source ids of people are new: know them by Tech ID."""
    move_sections: bool = False
    """Also move sections that hold assessments to another course or term."""
    demographics: frozenset[str] = frozenset()
    """The attributes that are kept."""


USUAL = LoadOptions()
