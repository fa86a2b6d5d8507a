"""Reads a file of events line by line, however long the file is."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from adapters.wire import strict_json
from services.cli.console import progress
from services.cli.exits import CommandError, ExitCode

LONGEST_LINE = 512 * 1024
"""In bytes. Above what the intake accepts, so that a larger event is quarantined with all its
content, and below what a broker takes in one message; of longer lines only the beginning is kept.
"""
KEPT_OF_LONGER = strict_json.MAX_BYTES + 1
"""As much of a longer line as shows that it is too large."""
ARRAY_HINT = "This looks like a JSON array; send one event a line."

_LONGEST_READ = LONGEST_LINE + len(b"\r\n")
STANDARD_INPUT = "-"
_NUMBERS_TOLD = 20
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._~-]+")


class Line(NamedTuple):
    """One line of a file, without its end; numbers count from 1, empty lines too."""

    number: int
    body: bytes
    is_cut: bool = False
    """Whether it is longer than `LONGEST_LINE`, and `body` is only its beginning."""

    @property
    def opens_array(self) -> bool:
        """Whether the file looks like a JSON array, if this is its first line."""
        return self.body.startswith(b"[")


def source_of_file(path: Path) -> str:
    """Return the source that stands for a file, where an event does not tell its own."""
    name = "stdin" if str(path) == STANDARD_INPUT else _NOT_IN_A_NAME.sub("_", path.name)
    return f"file:{name[:100]}"


def long_lines(numbers: Sequence[int], what: str) -> str:
    """Return a sentence on lines longer than `LONGEST_LINE`: which, and `what` became of them."""
    told = ", ".join(f"{number:,}" for number in numbers[:_NUMBERS_TOLD])
    more = len(numbers) - _NUMBERS_TOLD
    told += f" and {more:,} more" if more > 0 else ""
    lines, are = ("Line", "is") if len(numbers) == 1 else ("Lines", "are")
    return f"{lines} {told} {are} longer than {LONGEST_LINE // 1024} KiB: {what}."


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
    while raw := stream.readline(_LONGEST_READ):
        number += 1
        tell(len(raw))
        if len(raw.removesuffix(b"\n").removesuffix(b"\r")) > LONGEST_LINE:
            _skip_rest(raw, stream, tell)
            yield Line(number, raw[:KEPT_OF_LONGER], is_cut=True)
        elif body := raw.strip(b" \t\r\n"):
            yield Line(number, body)


def _skip_rest(raw: bytes, stream: BinaryIO, tell: Callable[[int], None]) -> None:
    """Read on to the end of the line that `raw` begins."""
    while not raw.endswith(b"\n") and (raw := stream.readline(_LONGEST_READ)):
        tell(len(raw))
