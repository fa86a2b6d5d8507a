"""How far the read models have come, and what rebuilding them found."""

from collections.abc import Iterable
from datetime import datetime

from rich.console import Group, RenderableType
from rich.text import Text

from services.cli.answers import ProjectionsStatus, RebuiltModel
from services.cli.rendering.tables import table
from services.cli.rendering.theme import lines
from services.cli.rendering.times import counted, moment


def status_table(status: ProjectionsStatus, now: datetime) -> RenderableType:
    """Return one line for each read model."""
    right = ("Position", "Behind", "Parked cases")
    listed = table("Read model", *right, "Oldest event not taken in", right=right)
    for each in status.read_models:
        listed.add_row(
            each.name,
            f"{each.position:,}",
            Text(f"{each.behind:,}", "attention" if each.behind else "good"),
            Text(f"{each.parked_cases:,}", "alarm" if each.parked_cases else "good"),
            _waiting(each.waiting_since, now),
        )
    return Group(f"The last event stands at position {status.head:,}.", "", listed)


def _waiting(since: datetime | None, now: datetime) -> Text:
    if since is None:
        return Text("none", "quiet")
    seconds = max((now - since).total_seconds(), 0)
    ago = counted(round(seconds), "second") if seconds < 120 else f"{seconds / 60:,.0f} minutes"
    return Text(f"{moment(since)}, {ago} ago", "attention")


def rebuilt_table(rebuilt: Iterable[RebuiltModel]) -> RenderableType:
    """Return, for each read model, both fingerprints and what they tell."""
    listed = table(
        "Read model", "Rows", "Fingerprint, live and rebuilt", "Verdict", right=("Rows",)
    )
    for each in rebuilt:
        listed.add_row(
            each.read_model,
            lines(Text(f"{each.live.rows:,}"), Text(f"{each.rebuilt.rows:,}")),
            lines(Text(each.live.fingerprint), Text(each.rebuilt.fingerprint)),
            _verdict(each),
        )
    return listed


def _verdict(each: RebuiltModel) -> Text:
    differing = counted(each.differing_rows, "row")
    if not each.compared:
        said = Text("filled: the live one had not come as far", "good")
    elif each.same:
        said = Text("the same", "good")
    else:
        said = Text(f"differed: {differing} new, changed or gone", "alarm")
    parked = each.parked_cases
    return lines(said, Text(f"{counted(parked, 'case')} parked", "alarm") if parked else None)
