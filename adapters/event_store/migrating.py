"""Brings a database to the schema this release needs: numbered SQL files, each applied once."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import psycopg
from psycopg.sql import SQL

from adapters.event_store.datastore import connection_settings

_LOCK = 0x43_54_4C_4D  # one migration at a time, whichever process starts it


class MigrationError(Exception):
    """The database cannot be brought to the schema of this release; the message says why."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered SQL file."""

    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """The hash that shows whether the file is still the one that was applied."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def known_migrations() -> Iterator[Migration]:
    """Yield the migrations of this release in order."""
    folder = files("adapters.event_store") / "migrations"
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".sql"):
            yield Migration(path.name.removesuffix(".sql"), path.read_text(encoding="utf-8"))


def migrate(database_url: str) -> list[str]:
    """Apply what is missing, each file in its own transaction; return the names applied."""
    with psycopg.connect(**connection_settings(database_url), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        connection.execute("CREATE SCHEMA IF NOT EXISTS case_timeline")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS case_timeline.migration ("
            "name text PRIMARY KEY, checksum text NOT NULL, "
            "applied_at timestamptz NOT NULL DEFAULT now())"
        )
        applied = _applied(connection)
        missing = [migration for migration in known_migrations() if _is_missing(migration, applied)]
        for migration in missing:
            with connection.transaction():
                connection.execute(SQL(migration.sql))
                connection.execute(
                    "INSERT INTO case_timeline.migration (name, checksum) VALUES (%s, %s)",
                    (migration.name, migration.checksum),
                )
        return [migration.name for migration in missing]


def check_migrated(database_url: str) -> None:
    """Raise `MigrationError` unless the database has exactly the schema of this release."""
    with psycopg.connect(**connection_settings(database_url), autocommit=True) as connection:
        exists = connection.execute("SELECT to_regclass('case_timeline.migration')").fetchone()
        applied = _applied(connection) if exists and exists[0] else {}
    if any(_is_missing(migration, applied) for migration in known_migrations()):
        raise MigrationError("The database needs `case-timeline migrate` first.")


def _applied(connection: psycopg.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT name, checksum FROM case_timeline.migration").fetchall()
    applied = {str(name): str(checksum) for name, checksum in rows}
    if unknown := applied.keys() - {migration.name for migration in known_migrations()}:
        raise MigrationError(
            f"The database has migration {min(unknown)}, which this release does not know; "
            "run the newer release."
        )
    return applied


def _is_missing(migration: Migration, applied: dict[str, str]) -> bool:
    checksum = applied.get(migration.name)
    if checksum is not None and checksum != migration.checksum:
        raise MigrationError(
            f"Migration {migration.name} was changed after it was applied; restore the file."
        )
    return checksum is None
