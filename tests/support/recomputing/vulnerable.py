"""Who of a file was vulnerable in which way on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from tests.support.recomputing.record import Event, as_day, grouped, latest, of_type

RECORDED, ENDED = "VulnerabilityRecorded", "VulnerabilityEnded"
Spell = tuple[date, date]
"""The first day and the last."""


class Vulnerable:
    """The vulnerabilities that a file tells of."""

    def __init__(self, events: list[Event]) -> None:
        told = of_type(events, RECORDED, ENDED)
        by_kind = grouped(told, lambda each: (each["person"], each["vulnerability_type"]))
        self._spells = {kind: _spells(each) for kind, each in by_kind.items()}
        self._merged = _merged(of_type(events, "PersonRecordsMerged", "PersonRecordsSplit"))

    def on(self, day: date) -> dict[str, set[str]]:
        """The persons who were vulnerable on a day, by how."""
        found: dict[str, set[str]] = defaultdict(set)
        for (person, kind), spells in self._spells.items():
            if any(begun <= day <= over for begun, over in spells):
                found[kind].add(self._merged.get(person, person))
        return found


def _spells(told: list[Event]) -> list[Spell]:
    """From when to when; of several statements of one beginning, or end, the latest holds."""
    spells: list[Spell] = []
    for is_end, run in groupby(sorted(told, key=_place), lambda each: each["_type"] == ENDED):
        held = latest(sorted(run, key=lambda each: each["_place"]))
        assert held is not None
        if not is_end:
            spells.append((as_day(held["since"]), date.max))
        elif spells:
            spells[-1] = spells[-1][0], as_day(held["until"])
        else:
            spells.append((date.min, as_day(held["until"])))
    return spells


def _place(event: Event) -> tuple[date, bool]:
    is_end = event["_type"] == ENDED
    return as_day(event["until"] if is_end else event["since"]), is_end


def _merged(told: Iterable[Event]) -> dict[str, str]:
    """The reference in use for each that was retired, as far as the two are not split again."""
    by_pair = grouped(told, lambda each: frozenset((each["survivor"], each["retired"])))
    last = [held for each in by_pair.values() if (held := latest(each))]
    merged = sorted(of_type(last, "PersonRecordsMerged"), key=lambda each: each["_at"])
    return {each["retired"]: each["survivor"] for each in merged}
