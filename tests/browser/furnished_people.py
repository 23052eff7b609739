"""Roles in orgs, a local password, somebody who has ended: what people's pages can show."""

from datetime import date

from application.ports.unit_of_work import UnitOfWork
from domain.access import Role
from domain.ids import OrgId, PersonId
from domain.password import LocalPassword
from tests import builders
from tests.stand_ins import NOON

SCIENCE, POETRY = OrgId("org-science"), OrgId("org-poetry")
RITA = PersonId("person-rita")


def furnish_people(unit: UnitOfWork) -> None:
    unit.roster.put_people([builders.a_person("gone", given_name="Vera", active=False)])
    unit.roster.put_terms(
        [builders.a_term("spring", name="Spring 2026", starts_on=date(2026, 1, 12),
                         ends_on=date(2026, 5, 22))]
    )  # fmt: skip
    for key, role, org in (
        ("cora", Role.COORDINATOR, SCIENCE),
        ("rita", Role.READER, POETRY),
        ("tess", Role.COORDINATOR, SCIENCE),
    ):
        unit.roster.grant(
            builders.a_role_grant(
                key, role=role, org_id=org, granted_by="person-stew", granted_at=NOON
            )
        )
    unit.passwords.put(LocalPassword(RITA, "quick:hidden", NOON, "person-stew"))
    unit.roster.put_people(
        builders.a_person(f"many-{n:03}", family_name=f"Many{n:03}", given_name="One")
        for n in range(110)
    )
