"""Runs the real command in processes of its own, to be ended as politely or rudely as wanted."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("case-timeline"))


def clean_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with these settings of Case Timeline and no others."""
    kept = {name: value for name, value in os.environ.items() if "CASE_TIMELINE" not in name}
    return kept | dict(settings)


class Process:
    """A `case-timeline` process that runs until it is told to stop."""

    def __init__(self, arguments: Sequence[str], settings: Mapping[str, str], log: Path) -> None:
        self._arguments, self._settings, self.log = list(arguments), settings, log
        self._begun_at = 0
        self._process = self._start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_running(self) -> bool:
        return self._process.poll() is None

    def has_started(self) -> bool:
        """Whether it has got as far as its work since it was last started."""
        with self.log.open("rb") as log:
            log.seek(self._begun_at)
            return b'_started"' in log.read()

    def restart(self) -> None:
        """Kill it as a power cut would, and start it again."""
        self.kill()
        self._process = self._start()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def stop(self, seconds: float = 20) -> int:
        """Ask it to stop; return its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(seconds)

    def peak_megabytes(self) -> float:
        """The most memory it has held at once."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        kilobytes = next(line.split()[1] for line in status.splitlines() if "VmHWM" in line)
        return int(kilobytes) / 1024

    def _start(self) -> "subprocess.Popen[bytes]":
        self._begun_at = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [COMMAND, *self._arguments],
                env=clean_environment(self._settings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


@contextmanager
def running(arguments: Sequence[str], settings: Mapping[str, str], log: Path) -> Iterator[Process]:
    """A process that is gone afterwards, whatever happened."""
    process = Process(arguments, settings, log)
    try:
        yield process
    finally:
        if process.is_running():
            process.kill()


def run(
    arguments: Sequence[str], settings: Mapping[str, str], *, seconds: float = 60
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(
        [COMMAND, *arguments],
        env=clean_environment(settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
