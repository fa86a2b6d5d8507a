"""Says whether everything received is accounted for, by what ledger, events and broker hold."""

from collections.abc import Iterator, Sequence

from adapters.event_store.desk import SourceSums
from adapters.event_store.reckoning import StoreSums


def faults(store: StoreSums, unaccounted: int = 0) -> Iterator[str]:
    """Yield what does not add up; `unaccounted` are messages of the broker the ledger lacks."""
    # That each entry has one outcome is the table's own constraint; whether anything is missing
    # can only be told by comparing with what others hold.
    if store.entries_without_event:
        yield f"{store.entries_without_event:,} accepted entries have no event"
    if store.events_without_entry:
        yield f"{store.events_without_entry:,} events have no accepted entry"
    if store.cases_with_gaps:
        yield f"{store.cases_with_gaps:,} cases have gaps in their versions"
    if unaccounted:
        yield f"{unaccounted:,} messages of the broker are not in the ledger"


def verdict(sources: Sequence[SourceSums], wrong: Sequence[str], left: int = 0) -> str:
    """Return in a sentence what it comes to; `left` is what the broker has yet to hand in."""
    if wrong:
        return f"It does not add up: {'; '.join(wrong)}."
    received = sum(each.received for each in sources)
    waiting = f"; {left:,} not yet taken in from the broker" if left else ""
    return f"Everything adds up: {received:,} received, {received:,} accounted for{waiting}."
