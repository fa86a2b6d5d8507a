"""One case, however long: as it stands, as known on a day, and opened to add to it."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from itertools import islice

from adapters.event_store.application import Cases
from adapters.read_store.session import Session
from bench.beside import stock
from bench.events import MIDDLE, long_case
from bench.measured import InTurn, Outcome, Sample, duration
from bench.memory import peak_megabytes
from bench.rows import Row, compared
from bench.setting import Setting
from domain.outcomes import Outcome as Ending
from projections.catalogue import READ_MODELS
from projections.time_travel import NOW, PointOfView
from services.bootstrap import review
from services.clock import system_clock
from services.intake import Submission, Writer
from services.projector.rebuild import rebuild_together

SIZES = (100, 1_000, 10_000)
_ROUNDS = {100: 30, 1_000: 15, 10_000: 5}
_OPENED = 5
_AT_ONCE = 500
_SHOWN = READ_MODELS["case_state"]


def rows(setting: Setting) -> Iterator[Row]:
    """Measure with cases of each size in a database of their own."""
    with setting.database() as url:
        for events in SIZES:
            setting.ours.submit(store, url, case_ref(events), events).result()
        setting.ours.submit(_build, url).result()
        for events in SIZES:
            found = _measured(setting, url, events)
            besides = {name: found[name] for name in ("stock", "emmett")}
            size = f"a case of {events:,} events"
            yield from compared(f"load/now/{events}", f"{size}, as it stands", found["now"])
            then = f"{size}, as known on a day"
            yield from compared(f"load/then/{events}", then, found["then"], besides)
            opened = f"{size}, first event from a writer new to it"
            yield from compared(f"load/open/{events}", opened, found["open"])


def case_ref(events: int) -> str:
    """Return what the case of so many events is called."""
    return f"asb:long-{events}"


def as_known_then(setting: Setting, url: str, ref: str, rounds: int) -> Sample:
    """Return what it takes to see a stored case as it was known on a day."""
    look = partial(_look, url, ref, MIDDLE, rounds)
    return setting.ours.submit(look).result()


def _measured(setting: Setting, url: str, events: int) -> dict[str, Outcome]:
    size, rounds = setting.row_bytes, _ROUNDS[events]
    get = partial(setting.stock, stock.load, events=events, size=size, rounds=rounds)
    read = partial(setting.emmett.read, events=events, size=size, rounds=rounds)
    now = partial(_look, url, case_ref(events), None, rounds)
    ways: dict[str, Callable[[], Sample]] = {
        "now": lambda: setting.ours.submit(now).result(),
        "then": lambda: as_known_then(setting, url, case_ref(events), rounds),
        "open": lambda: setting.ours.submit(_open, url, events).result(),
        "stock": get,
        "emmett": lambda: setting.in_empty(read),
    }
    names = {"stock": "eventsourcing, repository.get", "emmett": "Emmett, readStream"}
    found = InTurn(1, ways, duration).outcomes()
    return {name: each.called(names.get(name, name)) for name, each in found.items()}


def store(url: str, ref: str, events: int) -> None:
    """Take a long case in."""
    lines = long_case(ref, events)
    with closing(Cases(url)) as cases:
        writer, number = Writer(cases, system_clock), 0
        while batch := list(islice(lines, _AT_ONCE)):
            _commit(writer, ref, number, batch)
            number += len(batch)
            if writer.owes_snapshots:  # as the intake does
                writer.take_snapshots()


def _commit(writer: Writer, ref: str, number: int, lines: Sequence[bytes]) -> None:
    now = system_clock()
    receipts = writer.commit(
        [
            Submission(f"{ref}:{place}", "bench", line, now, source_is_vouched=False)
            for place, line in enumerate(lines, number)
        ]
    )
    if any(receipt.outcome is not Ending.ACCEPTED for receipt in receipts):
        raise RuntimeError(f"{ref} was not taken in whole")


def _build(url: str) -> None:
    with closing(Session(url)) as session:
        rebuild_together(session, [_SHOWN], system_clock)


def _look(url: str, ref: str, known_on: date | None, rounds: int) -> Sample:
    view = PointOfView(known_on=known_on) if known_on else NOW
    took = []
    with review(url) as cases:
        for _ in range(rounds + 1):
            at = time.perf_counter()
            found = cases.rows(_SHOWN, ref, view)
            took.append(time.perf_counter() - at)
            assert found, "nothing is seen of the case"
    return Sample(rounds, sum(took[1:]), took[1:], peak_megabytes())  # the first one connects


def _open(url: str, events: int) -> Sample:
    ref, took = case_ref(events), []
    more = list(long_case(ref, events + _OPENED))[events:]
    for number, line in enumerate(more, events):
        with closing(Cases(url)) as cases:
            cases.versions([])  # connects
            writer = Writer(cases, system_clock)
            at = time.perf_counter()
            _commit(writer, ref, number, [line])
            took.append(time.perf_counter() - at)
    return Sample(len(took), sum(took), took, peak_megabytes())
