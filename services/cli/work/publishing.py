"""Publishes the events of a file to the broker, as an upstream system would."""

import asyncio
from pathlib import Path

from adapters.broker import publish_lines
from services.cli.answers import PublishedFile
from services.cli.connecting import broker
from services.cli.console import emit
from services.cli.rendering.receipts import print_published
from services.cli.work.lines import reading, source_of_file
from services.settings import Settings


def publish_file(path: Path, *, as_json: bool) -> None:
    """Publish the lines of a file; end only when the broker has confirmed every one."""
    settings = Settings()
    with broker(settings) as found:
        answer = published(path, found.url, settings)
    if as_json:
        emit(answer)
    else:
        print_published(answer)


def published(path: Path, nats_url: str, settings: Settings) -> PublishedFile:
    """Publish the lines of a file, and return what the broker said."""
    with reading(path, "Publishing") as lines:
        result = asyncio.run(
            publish_lines(
                nats_url,
                (line.body for line in lines),
                fallback_source=source_of_file(path),
                layout=settings.broker_layout,
            )
        )
    return PublishedFile(file=str(path), stored=result.stored, known_before=result.known_before)
