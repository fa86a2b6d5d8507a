"""The events that are measured with: simulated histories, and cases as long as wanted."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, islice, zip_longest
from pathlib import Path

import psycopg

from bench.setting import CORES, Setting
from services.simulation import Simulation
from services.simulation.simulating import UNTIL
from tests.support.messages import body, message
from tests.support.stories import (
    action_agreed,
    action_completed,
    concern_raised,
    person_involved,
    risk_assessed,
)

FIRST_DAY = date(2024, 3, 1)
"""On which a long case begins; its events are spread evenly over a year."""
MIDDLE = FIRST_DAY + timedelta(days=183)
"""By the end of which half of it was known."""

_ACCEPTED = """
SELECT i.source, i.source_event_id FROM case_timeline.case_events AS e
JOIN case_timeline.intake AS i
    ON i.case_id = e.originator_id AND i.version = e.originator_version AND i.outcome = 'accepted'
ORDER BY e.notification_id
"""


def simulate(
    setting: Setting, name: str, cases: int, *, first_seed: int = 1, until: date = UNTIL
) -> Path:
    """Write the lines that the sources of several landlords publish, in about their order."""
    shares = [setting.folder / f"{name}-{number}.ndjson" for number in range(CORES)]
    writing = [
        setting.ours.submit(_write, share, cases // CORES, first_seed + number, until)
        for number, share in enumerate(shares)
    ]
    for done in writing:
        done.result()
    together = setting.folder / f"{name}.ndjson"
    with ExitStack() as files, together.open("wb") as file:
        each = [files.enter_context(share.open("rb")) for share in shares]
        file.writelines(line for lines in zip_longest(*each) for line in lines if line)
    return together


def shares_of(together: Path) -> list[Path]:
    """Return the files that were put together: landlords of which none knows of another's cases."""
    return [together.with_name(f"{together.stem}-{number}.ndjson") for number in range(CORES)]


def _write(path: Path, cases: int, seed: int, until: date) -> None:
    with path.open("wb") as file:
        file.writelines(line + b"\n" for line in Simulation(cases, seed=seed, until=until).lines())


def in_order_of_acceptance(url: str, lines: Path) -> Path:
    """Write the lines that a database accepted in the order in which it did.

    In that order each is accepted when it comes, none waits for another, and none comes twice.
    """
    place: dict[tuple[str, str], int] = {}
    accepted = lines.with_name(f"{lines.stem}-accepted.ndjson")
    with lines.open("rb") as file:
        at = 0
        for line in file:
            told = json.loads(line)
            place.setdefault((told["source"], told["id"]), at)
            at += len(line)
        with psycopg.connect(url) as connection, accepted.open("wb") as out:
            for source, event_id in connection.execute(_ACCEPTED):
                file.seek(place[(source, event_id)])
                out.write(file.readline())
    return accepted


def share_out(lines: Path) -> list[Path]:
    """Write lines to one file for each process, all of a case to the same; keep their order."""
    shares = shares_of(lines)
    with ExitStack() as files, lines.open("rb") as file:
        each = [files.enter_context(share.open("wb")) for share in shares]
        for line in file:
            each[sum(json.loads(line)["subject"].encode()) % CORES].write(line)
    return shares


def long_case(case_ref: str, events: int) -> Iterator[bytes]:
    """Yield the lines of one case with so many events: people, risks, and agreed actions."""
    begins = datetime.combine(FIRST_DAY, time(9), UTC)

    def at(number: int) -> datetime:
        return begins + timedelta(days=365) * number / events

    def told(number: int) -> bytes:
        kind, turn = number % 4, number // 4
        if kind == 0:
            told = risk_assessed(at(number))
        elif kind == 1:
            due = (at(number) + timedelta(days=14)).date()
            told = action_agreed(at(number), action_id=f"A{turn}", due=due)
        elif kind == 2:
            told = person_involved(at(number), person=f"p:{turn % 50}")
        else:
            told = action_completed(at(number), action_id=f"A{turn}")
        return body(message(told, f"{case_ref}/{number}", case_ref=case_ref))

    opening = body(message(concern_raised(begins), f"{case_ref}/opening", case_ref=case_ref))
    return islice(chain([opening], map(told, range(events - 1))), events)
