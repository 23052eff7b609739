"""Credentials that were handed out, and the places that tell whether they stand."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, func, select

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import portfolio
from adapters.outbound.persistence.writing import InsertNew
from application.ports.portfolio_repositories import IssuedCredentialRepository
from domain.credential import IssuedCredential

ISSUED = Records(portfolio.issued_credentials, IssuedCredential)
_AMONG = ISSUED.select.where(ISSUED.c.id.in_(bindparam("among", expanding=True)))
_OF_LIST = ISSUED.select.where(ISSUED.c.list_number == bindparam("list_number")).order_by(
    ISSUED.c.place
)
_LAST = select(func.coalesce(func.max(ISSUED.c.list_number), 0))
_TAKEN = select(func.count()).where(ISSUED.c.list_number == bindparam("list_number"))
_CLAIM = InsertNew(portfolio.issued_credentials)


class SqlIssuedCredentials(IssuedCredentialRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def among(self, ids: Iterable[str]) -> dict[str, IssuedCredential]:
        return {one.id: one for one in ISSUED.among(self._connection, _AMONG, ids)}

    def of_list(self, list_number: int) -> list[IssuedCredential]:
        return ISSUED.fetch(self._connection, _OF_LIST, list_number=list_number)

    def last_list(self) -> tuple[int, int]:
        last: int = self._connection.execute(_LAST).scalar_one()
        return last, self._connection.execute(_TAKEN, {"list_number": last}).scalar_one()

    def claim(self, issued: IssuedCredential) -> bool:
        return _CLAIM(self._connection, [ISSUED.row(issued)]) > 0
