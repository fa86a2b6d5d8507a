"""What changed in a case between two days."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import JsonValue
from rich.console import Group, RenderableType
from rich.text import Text

from projections.attention import AttentionRow
from projections.marks import Correction
from projections.read_model import Row
from services.cli.answers import CaseChanges, ChangedRow, ChangedView, CorrectedEntry
from services.cli.console import note, out
from services.cli.rendering.attention import alike, most_urgent_first, told_flag
from services.cli.rendering.headlines import title
from services.cli.rendering.tables import section, table
from services.cli.rendering.theme import NONE, clipped, lines, phrase, plain, shown
from services.cli.rendering.timeline import Timeline, hindsight
from services.cli.rendering.times import counted, day, happened, moment
from services.cli.rendering.values import heading, is_column, parts_of, told, when, written
from services.cli.views import ATTENTION, TIMELINE, VIEWS, View
from services.row_wording import CLOCKWORK

_LONGEST = 160


def print_changes(answer: CaseChanges) -> None:
    """Print what was added, learned late and corrected, and the rows that read differently."""
    out().print(shown(answer.case_ref, "title"))
    between = f"What became known after {day(answer.earlier)}, up to {day(answer.later)}"
    out().print(Text(between, "attention"))
    if not (answer.added or answer.learned_late or answer.corrected or answer.views):
        note("Nothing changed.")
        return
    earlier = day(answer.earlier)
    if answer.added:
        aside = f"{counted(len(answer.added), 'event')} that happened after {earlier}"
        _print("Added", Timeline(answer.added, brief=True), aside)
    if answer.learned_late:
        aside = f"had happened by {earlier} and came to be known only after it"
        _print("Learned late", hindsight(answer.learned_late), aside)
    if answer.corrected:
        _print("Corrected", Group(*_spaced(answer.corrected)), "as read before, and since")
    for changed in answer.views:
        _print_view(changed)


def _print_view(changed: ChangedView) -> None:
    view = VIEWS[changed.view]
    if view is ATTENTION:
        rows = list(_flags(changed))
    elif view.model.row.KEY == TIMELINE.model.row.KEY:  # its rows are the events told above
        rows = []
    else:
        rows = list(_rows(view, changed))
    if rows:
        _print(view.title, _listed(rows), _tally(changed))


def _print(title: str, body: RenderableType, aside: str) -> None:
    out().print(section(title, body, aside))


def _spaced(entries: Sequence[CorrectedEntry]) -> Iterator[RenderableType]:
    for index, entry in enumerate(entries):
        yield from ("", _corrected(entry)) if index else (_corrected(entry),)


def _corrected(entry: CorrectedEntry) -> Text:
    happening = Text(" ".join(happened(entry.event).split()), "when")
    headline = phrase(happening, Text(title(entry.event), "title"), separator="  ")
    changes = (_replaced(each.field, written(each.was), written(each.now)) for each in entry.fields)
    return lines(headline, *changes, *map(_reason, entry.corrections))


def _replaced(field: str, was: str, now: str) -> Text:
    return Text.assemble(
        (f"{heading(field)}: ", "quiet"),
        (clipped(was, _LONGEST) or NONE, "struck"),
        (" → ", "quiet"),
        clipped(now, _LONGEST) or NONE,
    )


def _reason(correction: Correction) -> Text:
    who = f"corrected by {plain(correction.by)}, known {moment(correction.known_at)}: "
    return Text(f"{who}{plain(correction.reason)}", "quiet")


def _rows(view: View, changed: ChangedView) -> Iterator[tuple[Text, Text]]:
    """Yield what each row is called, and what became of it; not rows where only clockwork moved."""
    for each in changed.rows:
        before, after = _row(view, each.before), _row(view, each.after)
        if before and after:
            if (differs := lines(*_differences(each, before, after))).plain:
                yield _name(after), differs
        elif row := after or before:
            yield _name(row), lines(Text("new" if after else "gone", "changed"), _summary(row))


def _flags(changed: ChangedView) -> Iterator[tuple[Text, Text]]:
    """Yield the flags that were raised, fall due on another day, or went away."""
    after = _standing([each.after for each in changed.rows if each.before is None])
    before = _standing([each.before for each in changed.rows if each.after is None])
    moved = [(before[about], flag) for about, flag in after.items() if about in before]
    for was, now in moved:
        due = _replaced("due_at", when(was.due_at), when(now.due_at))
        yield Text("moved", "changed"), lines(phrase(*told_flag(now, 0)), due)
    for what, style, found, others in (
        ("raised", "attention", after, before),
        ("gone", "good", before, after),
    ):
        rows = (flag for about, flag in found.items() if about not in others)
        for row, more in alike(most_urgent_first(rows)):
            yield Text(what, style), phrase(*told_flag(row, more))


def _standing(
    rows: Iterable[dict[str, JsonValue] | None],
) -> dict[tuple[str, str], AttentionRow]:
    """Return flags by their rule and what they are about; with another due time it is another."""
    found = (_row(ATTENTION, values) for values in rows)
    return {(row.rule, row.item): row for row in found if isinstance(row, AttentionRow)}


def _row(view: View, values: dict[str, JsonValue] | None) -> Row | None:
    return view.model.row.model_validate_json(json.dumps(values)) if values else None


def _differences(each: ChangedRow, before: Row, after: Row) -> Iterator[Text]:
    for column in each.columns:
        if is_column(column) and column not in CLOCKWORK:
            was, now = _apart(getattr(before, column), getattr(after, column))
            if was != now:
                yield _replaced(column, was, now)


def _apart(was: Any, now: Any) -> tuple[str, str]:
    """Return two values in words; of several values those that the other has not."""
    if isinstance(was, tuple) and isinstance(now, tuple):
        gone = tuple(each for each in was if each not in now)
        was, now = gone, tuple(each for each in now if each not in was)
    return _on_a_line(was), _on_a_line(now)


def _on_a_line(value: Any) -> str:
    return told(value).plain.replace("\n", "; ")


def _name(row: Row) -> Text:
    return Text(told(getattr(row, row.KEY)).plain if row.KEY else "", "title")


def _summary(row: Row) -> Text:
    """Return the first of what a row says of itself, on a line."""
    own = parts_of(row, but=(*Row.model_fields, row.KEY or ""))
    return Text(clipped(phrase(*own).plain, _LONGEST), "quiet")


def _listed(rows: Sequence[tuple[Text, Text]]) -> RenderableType:
    if not any(name.plain for name, _ in rows):
        return lines(*(change for _, change in rows))
    listed = table("Which", "What changed")
    for name, change in rows:
        listed.add_row(name, change)
    return listed


def _tally(changed: ChangedView) -> str:
    rows = changed.rows
    new = sum(row.before is None for row in rows)
    gone = sum(row.after is None for row in rows)
    other = len(rows) - new - gone
    told = ((new, "new"), (other, "changed"), (gone, "gone"))
    return ", ".join(f"{number:,} {what}" for number, what in told if number)
