"""Entries of the ledger."""

from collections.abc import Iterable

from rich.console import RenderableType
from rich.text import Text

from adapters.event_store.desk import DeskItem
from domain.outcomes import Outcome, Reason
from services.cli.answers import RetriedEntry
from services.cli.console import out
from services.cli.rendering.tables import facts, table
from services.cli.rendering.theme import NONE, lines, phrase, plain, shown
from services.cli.rendering.times import moment, short_moment

OUTCOME_STYLES = {
    Outcome.ACCEPTED: "good",
    Outcome.DUPLICATE: "quiet",
    Outcome.WAITING: "attention",
    Outcome.QUARANTINED: "alarm",
    Outcome.REFUSED: "alarm",
}


def ledger_table(entries: Iterable[DeskItem]) -> RenderableType:
    """Return two or three lines for each entry."""
    listed = table("Id", "Outcome", "What", right=("Id",), whole=("Outcome",))
    for item in entries:
        received = Text(short_moment(item.received_at), "quiet")
        listed.add_row(
            Text(str(item.id), "title"),
            lines(outcome_text(item.outcome), received),
            lines(
                _named(item.type, item.case_ref),
                _named(item.source, item.source_event_id, style="quiet"),
                _why(item),
            ),
        )
    return listed


def _named(*names: str | None, style: str = "") -> Text:
    return phrase(*(shown(name, style) for name in names if name)) or shown(None)


def outcome_text(outcome: str) -> Text:
    """Return an outcome in its colour."""
    known = Outcome(outcome)
    return Text(known.value, OUTCOME_STYLES[known])


def _why(item: DeskItem) -> Text | None:
    closed = Text(plain(f"closed by {item.closed_by}"), "quiet") if item.closed_by else None
    reason = Text(plain(f"{item.reason}: {item.detail}"), "attention") if item.reason else None
    return phrase(reason, closed)


def entry_facts(item: DeskItem) -> RenderableType:
    """Return all that is known of an entry but its content."""
    advice = Reason(item.reason).label if item.reason else None
    tried = f", tried {item.attempts} times" if item.attempts > 1 else ""
    return facts(
        ("Entry", Text(str(item.id), "title")),
        ("Outcome", phrase(outcome_text(item.outcome), shown(item.reason) if advice else None)),
        ("What to do", Text(advice) if advice else None),
        ("Detail", shown(item.detail) if item.detail else None),
        ("Source", shown(item.source)),
        ("Id at the source", shown(item.source_event_id)),
        ("Type", shown(item.type)),
        ("Case", shown(item.case_ref)),
        ("Version", Text(str(item.version)) if item.version else None),
        ("Received", Text(moment(item.received_at))),
        ("Decided", Text(f"{moment(item.decided_at)}{tried}")),
        ("Delivery", shown(item.delivery, "quiet")),
        ("Content", _size(item)),
        ("Closed", _closed(item)),
    )


def _size(item: DeskItem) -> Text | None:
    if item.payload_bytes is None:
        return None
    return Text(f"{item.payload_bytes:,} bytes kept; --payload shows them", "quiet")


def _closed(item: DeskItem) -> Text | None:
    if item.closed_at is None:
        return None
    who = f"{moment(item.closed_at)} by {item.closed_by or NONE}"
    return lines(Text(plain(who)), shown(item.close_note))


def print_payload(content: str) -> None:
    """Print an entry's original content, which may name people."""
    out().print("\nOriginal content, which may hold personal data:", style="attention")
    out().print(plain(content), soft_wrap=True)


def retried_table(entries: Iterable[RetriedEntry]) -> RenderableType:
    """Return what became of entries that were decided again."""
    listed = table("Id", "Outcome", "Why", "Case", right=("Id",), whole=("Outcome",))
    for entry in entries:
        listed.add_row(
            Text(str(entry.id), "title"),
            outcome_text(entry.outcome),
            phrase(shown(entry.reason), shown(entry.detail, "quiet")) if entry.reason else Text(),
            shown(entry.case_ref),
        )
    return listed
