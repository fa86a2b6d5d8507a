"""What everything was measured on: without it no figure says anything."""

import os
import platform
import re
import statistics
import subprocess
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg

from adapters.embedded.binaries import postgres_binary

_SETTINGS = ("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method")
_DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
_PAGE = 8192
_SYNCS = 200


def described(database_url: str) -> dict[str, Any]:
    """Return the machine, the versions, and the settings on which durability depends.

    Raises RuntimeError where the server does not keep what it has confirmed.
    """
    with psycopg.connect(database_url) as connection:
        settings = {name: _shown(connection, name) for name in _SETTINGS}
        postgres = _shown(connection, "server_version")
    if off := [name for name in _DURABLE if settings[name] != "on"]:
        raise RuntimeError(f"this PostgreSQL is not durable: {', '.join(off)} is not on")
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "postgresql": postgres,
        "eventsourcing": version("eventsourcing"),
        "faststream": version("faststream"),
        "settings": settings,
    }


def fsync_milliseconds(folder: Path) -> dict[str, float]:
    """Return what it takes to write 8 kB and have it on the disk that holds `folder`.

    Once as PostgreSQL's own tool finds it on average, and once each alone, for the median and the
    slowest hundredth.
    """
    took = sorted(_synced(folder / "fsync.probe") for _ in range(_SYNCS))
    (folder / "fsync.probe").unlink()
    found = {"p50": statistics.median(took), "p99": took[int(_SYNCS * 0.99)]}
    return found | _by_pg_test_fsync(folder)


def _by_pg_test_fsync(folder: Path) -> dict[str, float]:
    tool = str(postgres_binary("pg_test_fsync"))
    command = [tool, "-s", "1", "-f", str(folder / "pg_test_fsync.probe")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if found := re.search(r"fdatasync\s+[\d.]+ ops/sec\s+([\d.]+) usecs/op", line):
                running.terminate()  # the rest of its questions takes long, and is not ours
                return {"pg_test_fsync": float(found.group(1)) / 1000}
    return {}


def _synced(probe: Path) -> float:
    file = os.open(probe, os.O_RDWR | os.O_CREAT)
    try:
        os.pwrite(file, os.urandom(_PAGE), 0)
        start = time.perf_counter()
        os.fdatasync(file)
        return (time.perf_counter() - start) * 1000
    finally:
        os.close(file)


def _shown(connection: psycopg.Connection, setting: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", (setting,)).fetchone()
    assert row is not None
    return str(row[0])


def _processor() -> str:
    names = re.findall(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return names[0] if names else platform.machine()
