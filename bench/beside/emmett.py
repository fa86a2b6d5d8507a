"""Emmett's PostgreSQL event store, in a Node process of its own; see `emmett/serve.mjs`."""

import json
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.beside.asked import Asked
from bench.measured import NotRun, Sample

_FOLDER = Path(__file__).parent.parent / "emmett"
_CONNECTIONS = 64
"""Fewer than the server has. More clients than that wait for one another's connection."""


class Emmett:
    """Answers what it is asked, once it is installed and there is Node; else says why not."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def append(self, url: str, asked: Asked) -> Sample:
        """Append batches of events to new streams."""
        return self._ask(
            work="append",
            url=url,
            clients=asked.clients,
            connections=min(asked.clients, _CONNECTIONS),
            batch=asked.batch,
            bytes=asked.size,
            lasting=asked.lasting,
            warming=asked.warming,
        )

    def read(self, url: str, *, events: int, size: int, rounds: int) -> Sample:
        """Read a stream of so many events, again and again."""
        return self._ask(work="read", url=url, events=events, bytes=size, rounds=rounds)

    def _ask(self, **asked: Any) -> Sample:
        process = self._process = self._process or _started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"Emmett's process ended with {process.wait()}")
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return Sample(answer["count"], answer["seconds"], answer["took"])


def _started() -> "subprocess.Popen[str]":
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise NotRun("no node")
    lock, installed = _FOLDER / "package-lock.json", _FOLDER / "node_modules/.package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        command = [npm, "ci", "--no-fund", "--no-audit", "--ignore-scripts"]
        done = subprocess.run(command, cwd=_FOLDER, capture_output=True, check=False, timeout=300)
        if done.returncode:
            raise NotRun("npm ci could not install Emmett")
    return subprocess.Popen(
        [node, "serve.mjs"],
        cwd=_FOLDER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
