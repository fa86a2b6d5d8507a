"""PostgreSQL's own benchmark tool: one row inserted a transaction, and nothing else."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from adapters.embedded.binaries import postgres_binary
from bench.beside.asked import Asked
from bench.measured import Sample

_TABLE = "CREATE TABLE bench_row (id bigserial PRIMARY KEY, body text NOT NULL)"
_SCRIPT = "INSERT INTO bench_row (body) VALUES (:body);\n"


def inserts(url: str, asked: Asked) -> Sample:
    """Insert rows, whose bytes travel with each statement, over as many connections as clients."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_TABLE)
        # Bytes of which PostgreSQL can compress no more than of an event.
        connection.execute("ALTER TABLE bench_row ALTER body SET STORAGE EXTERNAL")
    at = conninfo_to_dict(url)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "insert.sql")
        script.write_text(_SCRIPT)
        command = [
            str(postgres_binary("pgbench")),
            *("-h", str(at["host"]), "-p", str(at["port"]), "-U", str(at["user"])),
            *("-n", "-M", "prepared", "-f", str(script), "-D", f"body={'x' * asked.size}"),
            *("-c", str(asked.clients), "-j", str(min(asked.clients, os.cpu_count() or 1))),
            *("-T", str(max(1, round(asked.lasting))), "-l", f"--log-prefix={folder}/log"),
            str(at["dbname"]),
        ]
        shown = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        found = re.search(r"tps = ([\d.]+)", shown.stdout)
        if shown.returncode or not found:
            raise RuntimeError(f"pgbench failed: {shown.stderr.strip()[-200:]}")
        took = [
            int(line.split()[2]) / 1e6
            for log in Path(folder).glob("log*")
            for line in log.read_text().splitlines()
        ]
    return Sample(len(took), len(took) / float(found.group(1)), took)
