"""Our database's address as dbos and plain SQLAlchemy engines want it."""

import sqlalchemy as sa


def plain_url(url: str) -> str:
    """The same database through the driver that dbos uses: psycopg 3, or sqlite3."""
    parsed = sa.make_url(url)
    driver = "sqlite" if is_sqlite(url) else "postgresql+psycopg"
    return parsed.set(drivername=driver).render_as_string(hide_password=False)


def is_sqlite(url: str) -> bool:
    return sa.make_url(url).get_backend_name() == "sqlite"
