from sqlalchemy import Connection, bindparam, update

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import access
from application.ports.access_repositories import IdentityRepository
from domain.identity import LaunchRecord, LmsIdentity
from domain.ids import LaunchId, PersonId

IDENTITIES = Records(access.lms_identities, LmsIdentity)
LAUNCHES = Records(access.launches, LaunchRecord)

_NEWEST = LAUNCHES.select.order_by(LAUNCHES.c.at.desc(), LAUNCHES.c.id.desc())
_RECENT = _NEWEST.limit(bindparam("limit"))
_QUEUE = _NEWEST.where(access.QUEUED)
_RESOLVE = (
    update(access.launches)
    .where(
        access.QUEUED,
        LAUNCHES.c.platform == bindparam("of_platform"),
        LAUNCHES.c.lms_user_id == bindparam("of_user"),
    )
    .values(resolved_to=bindparam("person"))
)


class SqlIdentities(IdentityRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, platform: str, lms_user_id: str) -> LmsIdentity | None:
        return IDENTITIES.find(self._connection, platform, lms_user_id)

    def remember(self, identity: LmsIdentity) -> None:
        IDENTITIES.put(self._connection, [identity])

    def log(self, record: LaunchRecord) -> None:
        LAUNCHES.put(self._connection, [record])

    def launch(self, launch_id: LaunchId) -> LaunchRecord:
        return LAUNCHES.get(self._connection, "This launch", launch_id)

    def recent(self, limit: int = 100) -> list[LaunchRecord]:
        return LAUNCHES.fetch(self._connection, _RECENT, limit=limit)

    def queue(self) -> list[LaunchRecord]:
        newest: dict[tuple[str, str], LaunchRecord] = {}
        for record in LAUNCHES.fetch(self._connection, _QUEUE):
            newest.setdefault((record.platform, record.lms_user_id), record)
        return list(newest.values())

    def resolve(self, platform: str, lms_user_id: str, person_id: PersonId) -> None:
        self._connection.execute(
            _RESOLVE, {"of_platform": platform, "of_user": lms_user_id, "person": person_id}
        )
