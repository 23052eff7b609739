"""SLOs of every kind with versions, mappings, targets, and a record of another system."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from application.ports.unit_of_work import UnitOfWork
from domain.foreign import ForeignRecord, Standard
from domain.ids import OrgId, ScaleId, SloId
from domain.slo import SloKind, SloState
from domain.slo_mapping import MappingKind, SloMapping
from domain.slo_version import SloVersion
from domain.target import Target, TargetOf
from tests.builders import a_scale, a_term, an_slo
from tests.stand_ins import NOON

RICH, PROGRAM, DRAFT, ABROAD = (
    SloId(f"slo-{name}") for name in ("s0", "program", "draft", "abroad")
)
_COLUMNS = "code,kind,course,title,statement\n"
GOOD_FILE = (
    f"{_COLUMNS}SLO 1,cslo,BIOL 101,Reasoning in science,Students reason.\n"
    "SLO 2,cslo,BIOL 101,Written communication,Students can do s1.\n"
    "SLO 30,cslo,BIOL 101,Safety in the laboratory,Students work safely.\n"
)
BAD_FILE = f"{GOOD_FILE}SLO 31,cslo,NONE 1,Nowhere,Students are nowhere.\n"
LONG_SCALE = ScaleId("scale-ten")


def furnish_slos(unit: UnitOfWork) -> None:
    """English keeps a program; the first SLO of biology has all that one can have."""
    english = OrgId("org-english")
    bare = {"course_id": None, "descriptors": ()}
    program = an_slo("program", code="BIOL-P1", kind=SloKind.PROGRAM, org_id=english,
                     title="Reason from evidence", **bare)  # fmt: skip
    other = an_slo("program2", code="BIOL-P2", kind=SloKind.PROGRAM, org_id=english,
                   title="Communicate science to everybody", **bare)  # fmt: skip
    whole = an_slo("whole", code="ISLO-1", kind=SloKind.INSTITUTION, title="Think critically",
                   **bare)  # fmt: skip
    draft = an_slo("draft", code="SLO 20", title="Field work", state=SloState.DRAFT)
    abroad = an_slo("abroad", code="SLO 21", title="Of another department", course_id=None,
                    org_id=OrgId("org-science"), kind=SloKind.PROGRAM)  # fmt: skip
    unit.outcomes.put_slos([program, other, whole, draft, abroad])
    (rich,) = unit.outcomes.slos_by_id([RICH]).values()
    earlier = NOON - timedelta(days=200)
    unit.curriculum.put_versions(
        [
            SloVersion(RICH, 0, "Reasoning", "Reason in science.", None, earlier, None),
            SloVersion(RICH, rich.version, *rich.wording, earlier, None, 0),
        ]
    )
    fall = a_term().id
    unit.curriculum.put_mappings(
        [
            SloMapping(RICH, program.id, fall, None, MappingKind.INTRODUCED),
            SloMapping(RICH, whole.id, fall, None, None),
            SloMapping(program.id, whole.id, fall, None, MappingKind.MASTERED),
        ]
    )
    unit.curriculum.put_target(Target(TargetOf.ORG, english, Decimal(70)))
    body = '{"educationLevel": ["13", "14"], "conceptKeywords": ["reasoning"], "notes": "Kept"}'
    unit.curriculum.put_foreign(
        [ForeignRecord(Standard.CASE, "frame", "8a6c4d02-1111-4222-8333-944445555666", RICH, body)]
    )
    default = unit.outcomes.scales()[0]
    unit.curriculum.put_mastery_levels(default.mastery_levels)
    ten = a_scale("ten", name="Four points", is_default=False)
    unit.outcomes.put_scales([replace(ten, levels=default.levels[1:])])
