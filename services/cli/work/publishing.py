"""Publishes the events of a file to the broker, as an upstream system would."""

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path

from adapters.broker import publish_lines
from services.cli.answers import PublishedFile
from services.cli.connecting import broker
from services.cli.console import emit, note
from services.cli.exits import CommandError
from services.cli.rendering.receipts import print_published
from services.cli.work.lines import ARRAY_HINT, Line, long_lines, reading, source_of_file
from services.settings import Settings


def publish_file(path: Path, *, as_json: bool) -> None:
    """Publish the lines of a file; end only when the broker has confirmed every one."""
    settings = Settings()
    too_long: list[int] = []
    with broker(settings) as found:
        answer = published(path, found.url, settings, too_long)
    if as_json:
        emit(answer)
    else:
        print_published(answer)
    if too_long:
        raise CommandError(long_lines(too_long, "not published"))


def published(
    path: Path, nats_url: str, settings: Settings, too_long: list[int] | None = None
) -> PublishedFile:
    """Publish the lines of a file, and return what the broker said.

    The numbers of lines too long to be published are added to `too_long`.
    """
    left_out = [] if too_long is None else too_long
    with reading(path, "Publishing") as lines:
        result = asyncio.run(
            publish_lines(
                nats_url,
                _bodies(lines, left_out),
                fallback_source=source_of_file(path),
                layout=settings.broker_layout,
            )
        )
    return PublishedFile(
        file=str(path),
        stored=result.stored,
        known_before=result.known_before,
        too_long=len(left_out),
    )


def _bodies(lines: Iterable[Line], too_long: list[int]) -> Iterator[bytes]:
    is_first = True
    for line in lines:
        if is_first and line.opens_array:
            note(ARRAY_HINT, "attention")
        is_first = False
        if line.is_cut:
            too_long.append(line.number)
        else:
            yield line.body
