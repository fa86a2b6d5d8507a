"""The command line in this process: real commands on real servers, their output caught."""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.cli.entry import run


@dataclass(frozen=True)
class Answered:
    """What a command returned and printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The last line of what was said on standard error: why the command failed."""
        return self.err.splitlines()[-1]


class CommandLine:
    """Runs commands with these settings of Case Timeline and no others."""

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        settings: Mapping[str, str],
    ) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        for name in [name for name in os.environ if name.startswith("CASE_TIMELINE_")]:
            monkeypatch.delenv(name)
        # What lies in the directory the tests are run from is another system's.
        elsewhere = Path(tempfile.gettempdir()) / f"case-timeline-{uuid4()}"
        self.set({"data_dir": str(elsewhere), **settings})

    def set(self, settings: Mapping[str, str]) -> None:
        for name, value in settings.items():
            self._monkeypatch.setenv(f"CASE_TIMELINE_{name.upper()}", value)

    def __call__(self, *arguments: str) -> Answered:
        self._capsys.readouterr()
        code = run(arguments)
        printed = self._capsys.readouterr()
        return Answered(code, printed.out, printed.err)

    def ok(self, *arguments: str) -> Answered:
        """Run a command that succeeds."""
        answered = self(*arguments)
        assert answered.code == 0, answered.err
        return answered
