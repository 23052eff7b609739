"""How far a viewer reaches whose token is for one org."""

from hypothesis import given
from hypothesis import strategies as st

from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.viewers import Viewer, kept_orgs, own_orgs, reported_orgs, with_those_below
from domain.access import Role
from domain.ids import OrgId, PersonId
from tests.builders import a_role_grant, an_org
from tests.stand_ins import NoQueue

CORA = PersonId("person-cora")
NAMES = [OrgId(f"org-{letter}") for letter in "abcdef"]


@given(
    parents=st.lists(st.integers(0, 5), min_size=6, max_size=6),
    held=st.sets(st.sampled_from([None, *NAMES]), max_size=3),
    only=st.sampled_from(NAMES),
    role=st.sampled_from([Role.COORDINATOR, Role.READER]),
)
def test_one_org_is_the_cut_of_what_is_held_and_what_lies_below(
    parents: list[int], held: set[OrgId | None], only: OrgId, role: Role
) -> None:
    """Never more than the role reaches, and all of that org which it reaches."""
    orgs = [
        an_org(name[4:], parent_id=NAMES[up] if up < place else None)
        for place, (name, up) in enumerate(zip(NAMES, parents, strict=True))
    ]
    with MemoryUnits(Store(), lambda _: NoQueue())() as unit:
        unit.roster.put_orgs(orgs)
        for org_id in held:
            unit.roster.grant(a_role_grant("cora", role=role, org_id=org_id))
        whole = Viewer(CORA, role)
        one = Viewer(CORA, role, only_org=only)
        cut = reported_orgs(unit, whole) & with_those_below(orgs, [only])

        assert reported_orgs(unit, one) == cut
        if role is Role.COORDINATOR:
            assert kept_orgs(unit, one) == own_orgs(unit, one) == cut
