"""The timeline: what happened, in order of happening, with when it was known and recorded."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from projections.marks import Correction, Dispute, Redacted
from projections.timeline import TimelineRow, display_order
from services.cli.rendering.headlines import corrects, headline
from services.cli.rendering.theme import clipped, lines, phrase, plain, shown
from services.cli.rendering.times import (
    days_from,
    happened,
    is_loose,
    known_late,
    moment,
    span,
)
from services.cli.rendering.values import written

WIDE_ENOUGH = 130
WIDE_ENOUGH_IF_BRIEF = 100
"""From these widths on, each time has a column of its own."""

_GAP = 2
_AT_ONCE = "at once"
_BREAK = "\n"
_TIMES = {"occurred_at": "happened", "occurred_to": "until", "known_at": "known"}


class Timeline:
    """A case's timeline, laid out for the width there is.

    `longest_text` clips the free text of each event; None shows all of it. A brief one shows
    neither free text, nor who entered an event, nor when it was recorded.
    """

    def __init__(
        self,
        rows: Iterable[TimelineRow],
        *,
        longest_text: int | None = None,
        brief: bool = False,
    ) -> None:
        self._rows = display_order(rows)
        self._corrected_by = {
            correction.event_id: row for row in self._rows for correction in row.corrections
        }
        self._longest_text = longest_text
        self._brief = brief

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.max_width >= (WIDE_ENOUGH_IF_BRIEF if self._brief else WIDE_ENOUGH)
        headings = ("Happened", *(self._times if wide else ()), "What")
        room = options.max_width - _column(headings[0], map(happened, self._rows))
        if wide:
            for name, told in self._times.items():
                room -= _column(name, (told(row).plain for row in self._rows))
        table = Table.grid(padding=(0, _GAP, 0, 0), expand=True)
        for heading in headings[:-1]:
            table.add_column(heading, no_wrap=True)
        table.add_column("What", ratio=1, overflow="fold")
        table.add_row(*(Text(word, "quiet") for word in headings))
        for row in self._rows:
            times = {name: told(row) for name, told in self._times.items()}
            happening = Text(happened(row), "when")
            if wide:
                table.add_row(happening, *times.values(), self._what(row, room))
            else:
                said = _said(times, room, spare_the_ordinary=self._brief)
                table.add_row(happening, self._what(row, room, said))
        yield table

    @property
    def _times(self) -> dict[str, Callable[[TimelineRow], Text]]:
        return {"Known": _known} if self._brief else {"Known": _known, "Recorded": _recorded}

    def _what(self, row: TimelineRow, room: int, times: Text | None = None) -> Text:
        target = self._corrected_by.get(row.event_id)
        said = lines(
            headline(row, room),
            corrects(target) if target else None,
            *(line for correction in row.corrections for line in _chain(correction)),
            *(_disputed(dispute) for dispute in row.disputes),
            _redacted(row.redacted) if row.redacted else None,
            times,
        )
        if self._brief:
            return said
        who = Text(plain(f"{row.actor_role}, {row.actor_organisation}"), "quiet")
        return lines(said, self._text(row), who)

    def _text(self, row: TimelineRow) -> Text | None:
        if row.narrative is None:
            return None
        most = self._longest_text
        return shown(row.narrative if most is None else clipped(row.narrative, most), "quoted")


def _known(row: TimelineRow) -> Text:
    if known_late(row, row.known_at) and is_loose(row):
        return Text(moment(row.known_at), "attention")
    if known_late(row, row.known_at):
        late = span(days_from(row.occurred_at, row.known_at))
        return Text(f"{moment(row.known_at)}{_BREAK}{late} later", "attention")
    if row.known_at == row.occurred_at:
        return Text(_AT_ONCE, "quiet")
    return Text(moment(row.known_at), "quiet")


def _recorded(row: TimelineRow) -> Text:
    return Text(moment(row.recorded_at), "quiet")


def _said(times: Mapping[str, Text], room: int, *, spare_the_ordinary: bool) -> Text:
    """Return the times in words, side by side if there is room."""
    told = [
        Text(f"{name.lower()} {text.plain.replace(_BREAK, ', ')}", text.style)
        for name, text in times.items()
        if not (spare_the_ordinary and text.plain == _AT_ONCE)
    ]
    beside = phrase(*told)
    return beside if beside.cell_len <= room else lines(*told)


def _column(heading: str, texts: Iterable[str]) -> int:
    """Return how wide a column is, with the gap after it."""
    written = (len(line) for text in (heading, *texts) for line in text.splitlines())
    return max(written) + _GAP


def _chain(correction: Correction) -> Iterator[Text]:
    """Yield what a correction changed, and what was then corrected in the correction itself."""
    yield _corrected(correction)
    for later in correction.corrections:
        for line in _chain(later):
            yield Text.assemble(("of that correction, ", "quiet"), line)


def _corrected(correction: Correction) -> Text:
    field = _field(correction.field)
    return Text.assemble(
        (f"{field}: ", "quiet"),
        (written(json.loads(correction.was)), "struck"),
        (" → ", "quiet"),
        written(json.loads(correction.now)),
        (f"\ncorrected by {plain(correction.by)}, known {moment(correction.known_at)}: ", "quiet"),
        (plain(correction.reason), "quiet"),
    )


def _disputed(dispute: Dispute) -> Text:
    what = f"{_field(dispute.field)} " if dispute.field else ""
    return Text.assemble(
        (f"{what}disputed by {plain(dispute.by)}, {moment(dispute.at)}: ", "attention"),
        shown(dispute.statement, "quoted"),
    )


def _redacted(redacted: Redacted) -> Text:
    why = redacted.lawful_reason.label.lower()
    return Text(f"redacted {moment(redacted.at)}: {why}", "attention")


def _field(name: str) -> str:
    return _TIMES.get(name, name.strip("_").replace("_", " "))


def hindsight(entries: Iterable[TimelineRow]) -> RenderableType:
    """Return what had happened but was not known yet."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for entry in entries:
        known = Text(f"known {moment(entry.known_at)}", "attention")
        # Without room for them beside it, the persons stand below each headline.
        table.add_row(Text(happened(entry), "when"), lines(headline(entry, 0), known))
    return table
