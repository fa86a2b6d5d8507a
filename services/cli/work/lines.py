"""Reads a file of events line by line, however long the file is."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from services.cli.console import progress
from services.cli.exits import CommandError, ExitCode

LONGEST_LINE = 1024 * 1024
"""Above what the intake accepts, so that a larger event is quarantined; beyond it is no event."""

STANDARD_INPUT = "-"
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._~-]+")


class Line(NamedTuple):
    """One line of a file, without its end; numbers count from 1, empty lines too."""

    number: int
    body: bytes


def source_of_file(path: Path) -> str:
    """Return the source that stands for a file, where an event does not tell its own."""
    name = "stdin" if str(path) == STANDARD_INPUT else _NOT_IN_A_NAME.sub("_", path.name)
    return f"file:{name[:100]}"


@contextmanager
def reading(path: Path, what: str) -> Iterator[Iterator[Line]]:
    """Yield the lines of a file that are not empty, and show how far reading it has come."""
    size = None if str(path) == STANDARD_INPUT else path.stat().st_size
    with _opened(path) as stream, progress() as shown:
        task = shown.add_task(what, total=size)
        yield _lines(stream, lambda count: shown.advance(task, count))


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if str(path) == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        stream = path.open("rb")
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise CommandError(f"{path} cannot be read: {why}.", ExitCode.USAGE) from None
    with stream:
        yield stream


def _lines(stream: BinaryIO, tell: Callable[[int], None]) -> Iterator[Line]:
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            raise CommandError(
                f"Line {number} is longer than 1 MiB, so this is no file of events; "
                "the lines before it are taken."
            )
        tell(len(raw))
        if body := raw.strip(b" \t\r\n"):
            yield Line(number, body)
