"""What happened, to whom, and who may see it: the first line of a timeline's entry."""

import re
from collections.abc import Iterable
from contextlib import suppress

from rich.text import Text

from domain.times import parse_date
from domain.vocabulary.record import Sensitivity
from projections.timeline import TimelineRow
from services.cli.rendering.theme import lines, phrase, plain
from services.cli.rendering.times import day, happened

# Not a part of a reference that only looks like a date, such as `minutes-2024-03-05`.
_ISO_DATE = re.compile(r"(?<![\w:-])\d{4}-\d{2}-\d{2}(?![\w-])")


def headline(row: TimelineRow, room: int) -> Text:
    """Return the headline, and beside it if `room` is enough the persons and who may see it."""
    said = Text(title(row), "title")
    aside = phrase(*_persons(row), _sensitivity(row))
    beside = phrase(said, aside)
    return beside if beside.cell_len <= room else lines(said, aside)


def title(row: TimelineRow) -> str:
    """Return the headline with its days written as everywhere else."""
    return with_days(row.headline)


def with_days(text: str) -> str:
    """Return a headline with the days in it as people write them."""
    return plain(_ISO_DATE.sub(_day, text))


def corrects(target: TimelineRow) -> Text:
    """Return which event a correction is of."""
    when = " ".join(happened(target).split())
    return Text(f"of {when}: {title(target)}", "quiet")


def _day(found: re.Match[str]) -> str:
    with suppress(ValueError):
        return day(parse_date(found[0]))
    return found[0]


def _persons(row: TimelineRow) -> Iterable[Text]:
    for person in row.persons:
        roles = [each.role.label.lower() for each in row.subjects if each.person == person]
        yield Text(plain(f"{person} ({', '.join(roles)})" if roles else person), "quiet")


def _sensitivity(row: TimelineRow) -> Text | None:
    if row.sensitivity is Sensitivity.STANDARD:
        return None
    return Text(row.sensitivity.label.lower(), "attention")
