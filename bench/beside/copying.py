"""PostgreSQL's COPY of the very rows that an import writes, and nothing else."""

import time
from pathlib import Path

import psycopg

from bench.measured import Sample

_TABLES = ("case_timeline.case_events", "case_timeline.intake")

_GO_ON = """
SELECT setval('case_timeline.case_events_notification_id_seq', max(notification_id))
FROM case_timeline.case_events
"""


def take_out(url: str, folder: Path) -> int:
    """Write the stored events and their ledger entries to files; return how many events."""
    with psycopg.connect(url) as connection:
        for table in _TABLES:
            statement = f"COPY {table} TO STDOUT (FORMAT BINARY)"
            with (folder / table).open("wb") as file, connection.cursor().copy(statement) as copy:
                file.writelines(copy)
        counted = connection.execute(f"SELECT count(*) FROM {_TABLES[0]}").fetchone()
    assert counted is not None
    return int(counted[0])


def copy_in(url: str, folder: Path, events: int) -> Sample:
    """Copy them into a database of our schema, in one transaction."""
    begun = time.perf_counter()
    with psycopg.connect(url) as connection:
        for table in _TABLES:
            statement = f"COPY {table} FROM STDIN (FORMAT BINARY)"
            with (folder / table).open("rb") as file, connection.cursor().copy(statement) as copy:
                while block := file.read(1 << 18):
                    copy.write(block)
        connection.execute(_GO_ON)
        connection.commit()
        return Sample(events, time.perf_counter() - begun)
