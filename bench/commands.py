"""Runs `case-timeline` to its end, and notes how long it took and what memory it held."""

import json
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.measured import Sample
from bench.memory import largest_of_family
from tests.support.processes import COMMAND, clean_environment

_LOOK_EVERY_SECONDS = 0.05


class Command:
    """A command that is running."""

    def __init__(self, arguments: Sequence[str | Path], settings: Mapping[str, str]) -> None:
        self._begun = time.perf_counter()
        self._process = subprocess.Popen(
            [COMMAND, *map(str, arguments)],
            env=clean_environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ended(self) -> tuple[Any, Sample]:
        """Return what it answers as JSON, and the time from its start, once it has ended."""
        megabytes = 0.0
        while self._process.poll() is None:
            megabytes = max(megabytes, largest_of_family(self._process.pid))
            time.sleep(_LOOK_EVERY_SECONDS)
        took = time.perf_counter() - self._begun
        answer, complaint = self._process.communicate()
        if self._process.returncode:
            raise RuntimeError(f"case-timeline failed: {complaint.strip()[-300:]}")
        return json.loads(answer), Sample(1, took, megabytes=megabytes)
