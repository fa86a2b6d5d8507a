"""What does not get slower with what is stored: the same work with few and with many events."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import psycopg

from bench.events import shares_of
from bench.measured import Measured, Outcome, attempted, duration, rate
from bench.rows import Row
from bench.setting import Setting
from bench.work.loading import as_known_then, store
from bench.work.projecting import all_anew, catching_up, stored
from bench.work.submitting import together

_CLIENTS = 32
_LONG = 1_000
_ROUNDS = 15
_WORKS = {
    "submit": f"one event a submission, {_CLIENTS} at once",
    "live": "read models catching up, 1 process",
    "then": f"a case of {_LONG:,} events, as known on a day",
    "rebuild": "all read models built anew, and compared",
}

# Under other ids, so that nothing of a copy is ever taken for the original.
_COPY_EVENTS = """
INSERT INTO case_timeline.case_events (originator_id, originator_version, topic, state)
SELECT copy_id, originator_version, topic,
       convert_to(replace(convert_from(state, 'UTF8'), originator_id::text, copy_id::text), 'UTF8')
FROM (SELECT *, md5(originator_id::text || %(copy)s::text)::uuid AS copy_id
      FROM case_timeline.case_events WHERE notification_id <= %(last)s) AS original
ORDER BY notification_id
"""

_COPY_ENTRIES = """
INSERT INTO case_timeline.intake (delivery, source, received_at, decided_at, outcome,
    source_event_id, event_id, content_hash, case_ref, case_id, type, version)
SELECT delivery || '#' || %(copy)s::text, source, received_at, decided_at, outcome, source_event_id,
       md5(event_id::text || %(copy)s::text)::uuid, content_hash, case_ref,
       md5(case_id::text || %(copy)s::text)::uuid, type, version
FROM case_timeline.intake WHERE id <= %(last_entry)s AND outcome = 'accepted'
ORDER BY id
"""

_LAST = """
SELECT (SELECT max(notification_id) FROM case_timeline.case_events) AS last,
       (SELECT max(id) FROM case_timeline.intake) AS last_entry
"""


def rows(
    few: Mapping[str, Outcome] | None, many: Mapping[str, Outcome], sizes: str
) -> Iterator[Row]:
    """Set each figure with many stored events against the one with few, if there is one yet."""
    for name, ours in many.items():
        work = f"{_WORKS[name]}, {sizes}"
        if few is None:
            yield Row(f"few/{name}", work, ours)
            continue
        yield Row(f"growth/{name}", work, ours, few[name].called("the same with few"))


def figures(
    setting: Setting,
    url: str,
    lines: Path,
    *,
    anew: bool = False,
    long_case: str = "asb:long",
) -> dict[str, Outcome]:
    """Return the rates and durations of a database whose read models have taken all in.

    They hardly depend on how much is added to it meanwhile. `lines` are none that it holds.
    """
    found: dict[str, Outcome] = {}
    if anew:
        found["rebuild"] = attempted("rebuild", lambda: rate("rebuild", [all_anew(url)]))
    files = shares_of(lines)[: setting.scale.rounds]
    submitting = partial(_submitted, setting, url, files)
    found["submit"] = attempted("submit", submitting)
    catching = partial(catching_up, setting, url, 1)
    found["live"] = attempted("live", lambda: rate("live", [catching()]))
    setting.ours.submit(store, url, long_case, _LONG).result()
    then = partial(as_known_then, setting, url, long_case, _ROUNDS)
    found["then"] = attempted("then", lambda: duration("then", [then() for _ in files]))
    return found


def _submitted(setting: Setting, url: str, files: Sequence[Path]) -> Measured:
    return rate("submit", [together(setting, url, [file], _CLIENTS) for file in files])


def multiply(url: str, events: int) -> int:
    """Store copies of all cases until there are so many events; return how many there are."""
    with psycopg.connect(url, autocommit=True) as connection:
        last, last_entry = connection.execute(_LAST).fetchone() or (0, 0)
        for copy in range(1, round(events / stored(url))):
            values = {"copy": f"{events}.{copy}", "last": last, "last_entry": last_entry}
            connection.execute(_COPY_EVENTS, values)
            connection.execute(_COPY_ENTRIES, values)
        connection.execute("VACUUM ANALYZE case_timeline.case_events, case_timeline.intake")
    return stored(url)
