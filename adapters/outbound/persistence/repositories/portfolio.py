from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, exists, select, update

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import portfolio, rostering, scoring
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.portfolio_repositories import PortfolioRepository, SigningKeyRepository
from domain.credential import SigningKey
from domain.ids import CollectionId, PersonId, SectionAssessmentId, ShareId, SigningKeyId
from domain.portfolio.collection import Collection
from domain.portfolio.share import Share
from domain.rostering import EnrolmentRole

COLLECTIONS = VersionedRecords(portfolio.collections, Collection)
SHARES = Records(portfolio.shares, Share)
SIGNING_KEYS = Records(portfolio.signing_keys, SigningKey)

_OF_OWNER = COLLECTIONS.select.where(COLLECTIONS.c.owner_id == bindparam("owner_id")).order_by(
    COLLECTIONS.c.made_at, COLLECTIONS.c.id
)
_BY_HASH = SHARES.select.where(SHARES.c.code_hash == bindparam("code_hash"))
_SHARES_OF = SHARES.select.where(SHARES.c.owner_id == bindparam("owner_id")).order_by(
    SHARES.c.made_at.desc(), SHARES.c.id.desc()
)
_TOUCH = (
    update(portfolio.shares)
    .where(SHARES.c.id == bindparam("of_id"))
    .values(last_seen_at=bindparam("at"))
)
_KEYS = SIGNING_KEYS.select.order_by(SIGNING_KEYS.c.made_at.desc(), SIGNING_KEYS.c.id.desc())

_works, _scores = scoring.works, scoring.scores
_enrolments = rostering.enrolments
# From the few sections of a student: scores have no index by student alone.
_RELEASED = (
    select(_works.c.id)
    .where(
        _works.c.released_at.is_not(None),
        _works.c.section_id.in_(
            select(_enrolments.c.section_id).where(
                _enrolments.c.person_id == bindparam("student_id"),
                _enrolments.c.role == EnrolmentRole.STUDENT,
            )
        ),
        exists().where(
            and_(
                _scores.c.section_assessment_id == _works.c.id,
                _scores.c.student_id == bindparam("student_id"),
            )
        ),
    )
    .order_by(_works.c.id)
)


class SqlPortfolios(PortfolioRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def collection(self, collection_id: CollectionId) -> Collection:
        return COLLECTIONS.get(self._connection, "This collection", collection_id)

    def of_owner(self, owner_id: PersonId) -> list[Collection]:
        return COLLECTIONS.fetch(self._connection, _OF_OWNER, owner_id=owner_id)

    def save(self, collection: Collection) -> Collection:
        return COLLECTIONS.save(self._connection, collection)

    def released_works(self, student_id: PersonId) -> list[SectionAssessmentId]:
        found = self._connection.execute(_RELEASED, {"student_id": student_id})
        return [work_id for (work_id,) in found]

    def share(self, share_id: ShareId) -> Share:
        return SHARES.get(self._connection, "This share", share_id)

    def share_by_hash(self, code_hash: str) -> Share | None:
        return SHARES.first(self._connection, _BY_HASH, code_hash=code_hash)

    def shares_of(self, owner_id: PersonId) -> list[Share]:
        return SHARES.fetch(self._connection, _SHARES_OF, owner_id=owner_id)

    def put_share(self, share: Share) -> None:
        SHARES.put(self._connection, [share])

    def touch_share(self, share_id: ShareId, at: datetime) -> None:
        self._connection.execute(_TOUCH, {"of_id": share_id, "at": at})


class SqlSigningKeys(SigningKeyRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[SigningKey]:
        return SIGNING_KEYS.fetch(self._connection, _KEYS)

    def find(self, key_id: SigningKeyId) -> SigningKey | None:
        return SIGNING_KEYS.find(self._connection, key_id)

    def put(self, key: SigningKey) -> None:
        SIGNING_KEYS.put(self._connection, [key])
