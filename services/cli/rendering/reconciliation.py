"""Whether everything received is accounted for."""

from rich.console import RenderableType
from rich.text import Text

from domain.outcomes import Outcome
from services.cli.answers import BrokerSums, Reconciled
from services.cli.console import out
from services.cli.rendering.receipts import outcomes_line
from services.cli.rendering.tables import facts, section, table
from services.cli.rendering.theme import shown


def print_reconciliation(found: Reconciled) -> None:
    """Print the sums of each source, what the other stores say, and the verdict."""
    out().print(section("Received, and what became of it", _sources(found)))
    out().print(section("Ledger and event store", _store(found)))
    if found.broker:
        out().print(section("Ledger and broker", _broker(found.broker)))
    out().print(Text(f"\n{found.verdict}", "good" if found.ok else "alarm"))


def _sources(found: Reconciled) -> RenderableType:
    if not found.sources:
        return Text("Nothing.", "quiet")
    listed = table("Source", "Received", "Became", right=("Received",))
    for each in found.sources:
        became = {outcome: getattr(each, outcome) for outcome in Outcome}
        listed.add_row(
            shown(each.source),
            f"{each.received:,}",
            outcomes_line(became, separator=" + "),
        )
    return listed


def _store(found: Reconciled) -> RenderableType:
    return facts(
        ("Accepted entries without event", _fault(found.store.entries_without_event)),
        ("Events without accepted entry", _fault(found.store.events_without_entry)),
        ("Cases with gaps in their versions", _fault(found.store.cases_with_gaps)),
    )


def _broker(sums: BrokerSums) -> RenderableType:
    kept = f"{sums.messages:,}, from {sums.first_sequence:,} to {sums.last_sequence:,}"
    listed = ", ".join(f"{number}" for number in sums.first_unaccounted)
    return facts(
        ("Messages kept", Text(kept if sums.messages else "none")),
        ("Not yet taken in", Text(f"{sums.not_yet_consumed:,}")),
        ("Taken in or gone, and not in the ledger", _fault(sums.unaccounted)),
        ("The first of these", Text(listed, "alarm")),
    )


def _fault(number: int) -> Text:
    return Text(f"{number:,}", "alarm" if number else "good")
