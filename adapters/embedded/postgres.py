"""An embedded PostgreSQL 18."""

import signal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from adapters.embedded.binaries import postgres_binary
from adapters.embedded.cluster import (
    as_server_user,
    ensure_cluster,
    remove_socket_directory,
    write_settings,
)
from adapters.embedded.server import EmbeddedServer


class EmbeddedPostgres(EmbeddedServer):
    """PostgreSQL in a directory, reached through a socket that its owner alone may use.

    `start` returns the URL of the database `case_timeline`, created if absent.
    """

    name = "PostgreSQL"
    stop_signal = signal.SIGINT  # "fast": ends sessions, writes a checkpoint
    crash_signal = signal.SIGQUIT  # "immediate": no checkpoint, recovery at the next start

    def __init__(self, directory: Path, *, timeout: float = 60.0) -> None:
        directory = directory.resolve()
        self._cluster = directory / "cluster"
        self._pid_file = self._cluster / "postmaster.pid"
        super().__init__(
            directory, pid_file=self._pid_file, argument=self._cluster, timeout=timeout
        )

    def _prepare(self) -> list[str]:
        ensure_cluster(self._cluster, run=self._process.run)
        write_settings(self._cluster)
        postgres = [str(postgres_binary("postgres")), "-D", str(self._cluster)]
        return as_server_user(postgres, self._cluster)

    def _ready(self) -> bool:
        if self._address() is None:
            return False
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _url(self) -> str:
        with self._connect() as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = 'case_timeline'"
            if connection.execute(query).fetchone() is None:
                connection.execute("CREATE DATABASE case_timeline")
            host, port = connection.info.host, connection.info.port
        return f"postgresql://postgres@/case_timeline?host={quote(host, safe='/')}&port={port}"

    def _terminate(self) -> None:
        super()._terminate()
        remove_socket_directory(self._cluster)

    def _connect(self) -> psycopg.Connection[Any]:
        host, port = self._address() or (None, None)
        return psycopg.connect(
            host=host,
            port=port,
            user="postgres",
            dbname="postgres",
            connect_timeout=2,
            autocommit=True,
        )

    def _address(self) -> tuple[str, str] | None:
        # Asked of the running server, whose starter may have had another temporary directory.
        try:
            lines = self._pid_file.read_text().splitlines()
        except FileNotFoundError:
            return None
        return (lines[4], lines[3]) if len(lines) > 4 else None
