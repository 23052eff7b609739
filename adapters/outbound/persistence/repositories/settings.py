from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection, bindparam, select

from adapters.outbound.persistence.tables import access
from adapters.outbound.persistence.writing import Upsert
from application.ports.system_repositories import SettingsRepository

_ALL = select(access.settings.c.name, access.settings.c.value).order_by(access.settings.c.name)
_ONE = select(access.settings.c.value).where(access.settings.c.name == bindparam("name"))
_PUT = Upsert(access.settings, ["name"])


class SqlSettings(SettingsRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> Mapping[str, str]:
        return MappingProxyType({row.name: row.value for row in self._connection.execute(_ALL)})

    def get(self, name: str, default: str) -> str:
        stored: str | None = self._connection.execute(_ONE, {"name": name}).scalar()
        return default if stored is None else stored

    def put(self, name: str, value: str) -> None:
        _PUT(self._connection, [(name, value)])
