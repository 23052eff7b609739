"""When two grants are the same role of the same person."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.access import GrantSource, RoleGrant
from domain.ids import PersonId

NOBODY_MERGED: Mapping[PersonId, PersonId] = MappingProxyType({})
Key = tuple[PersonId, str, str]


def key_of(
    grant: RoleGrant | GrantSource, merged: Mapping[PersonId, PersonId] = NOBODY_MERGED
) -> Key:
    """What is granted to whom, whoever did it; `merged` people are who they became."""
    return merged.get(grant.person_id, grant.person_id), grant.role, grant.org_id or ""
