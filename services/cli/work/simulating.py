"""Makes cases up, and writes them to a file or publishes them as upstream systems would."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from adapters.broker import publish_lines
from adapters.broker.publishing import Published
from domain.times import in_london
from services.cli.answers import SimulatedCases
from services.cli.connecting import broker
from services.cli.console import emit, note, out, progress
from services.cli.exits import CommandError, ExitCode
from services.cli.rendering.simulated import simulated
from services.cli.work.lines import STANDARD_INPUT
from services.clock import system_clock
from services.settings import Settings
from services.simulation import UNTIL, Simulation

STANDARD_OUTPUT = STANDARD_INPUT
SOURCE = "file:simulated"
"""Stands for a line whose source cannot be read, as a damaged one's may be."""


def simulation(cases: int, seed: int, until: date | None, years: int, damage: float) -> Simulation:
    """Return the simulation that options ask for."""
    return Simulation(cases, seed, until or UNTIL, years, damage)


def simulate_cases(made_up: Simulation, file: Path | None, *, publish: bool, as_json: bool) -> None:
    """Write the lines to `file`, or else to standard output; or publish them."""
    if publish and file is not None:
        raise CommandError("Either --out or --publish, not both.", ExitCode.USAGE)
    if publish:
        settings = Settings()
        _check_past(made_up)
        with broker(settings) as found:
            answer = published(made_up, found.url, settings)
    else:
        target = file or Path(STANDARD_OUTPUT)
        to_output = str(target) == STANDARD_OUTPUT
        if to_output and as_json:
            raise CommandError("--json needs --out FILE or --publish.", ExitCode.USAGE)
        answer = _written(made_up, target)
        if to_output:
            note(simulated(answer).plain)
            return
    if as_json:
        emit(answer)
    else:
        out().print(simulated(answer), soft_wrap=True)


def published(made_up: Simulation, nats_url: str, settings: Settings) -> SimulatedCases:
    """Publish all lines; return what they came to."""
    result = asyncio.run(
        publish_lines(
            nats_url,
            _shown(made_up, "Publishing"),
            fallback_source=SOURCE,
            layout=settings.broker_layout,
        )
    )
    return _answer(made_up, None, result)


def _written(made_up: Simulation, target: Path) -> SimulatedCases:
    with _opened(target) as stream:
        for line in _shown(made_up, "Writing"):
            stream.write(line + b"\n")
    return _answer(made_up, str(target), None)


def _shown(made_up: Simulation, what: str) -> Iterator[bytes]:
    """Yield the lines, and show how far they have come."""
    with progress() as shown:
        task = shown.add_task(what, total=made_up.cases)
        told = 0
        for line in made_up.lines():
            yield line
            if made_up.tally.cases != told:
                told = made_up.tally.cases
                shown.update(task, completed=told)


@contextmanager
def _opened(target: Path) -> Iterator[BinaryIO]:
    if str(target) == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        stream = target.open("wb")
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise CommandError(f"{target} cannot be written: {why}.", ExitCode.USAGE) from None
    with stream:
        yield stream


def _answer(made_up: Simulation, file: str | None, sent: Published | None) -> SimulatedCases:
    tally = made_up.tally
    return SimulatedCases(
        cases=made_up.cases,
        seed=made_up.seed,
        until=made_up.until,
        events=tally.events.total(),
        sent_again=tally.sent_again,
        damaged=tally.damaged,
        file=file,
        stored=sent.stored if sent else None,
        known_before=sent.known_before if sent else None,
    )


def _check_past(made_up: Simulation) -> None:
    """Refuse to publish what the intake would take for events in the future."""
    if made_up.until > in_london(system_clock()).date():
        raise CommandError(f"--until {made_up.until} lies in the future.", ExitCode.USAGE)
