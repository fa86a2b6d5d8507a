"""Colours, and text from events made safe to show."""

import re

from rich.text import Text
from rich.theme import Theme

THEME = Theme(
    {
        "title": "bold",
        "heading": "bold cyan",
        "quiet": "dim",
        "when": "cyan",
        "attention": "yellow",
        "alarm": "red",
        "good": "green",
        "changed": "bold cyan",
        "struck": "dim strike",
        "quoted": "italic",
        "command": "cyan",
        "error": "bold red",
    }
)

NONE = "\N{EN DASH}"
"""Stands where there is nothing to show."""

# Control characters could drive the terminal; marks of direction could make text read otherwise.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return text of an event without anything that a terminal would act on."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " "))


def shown(text: str | None, style: str = "") -> Text:
    """Return text of an event, as it stands: nothing in it is markup."""
    return Text(plain(text), style=style) if text else Text(NONE, style="quiet")


def clipped(text: str, most: int) -> str:
    """Return `text` on one line and not longer than `most` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def lines(*parts: Text | None) -> Text:
    """Return the parts that there are, each on a line of its own."""
    return Text("\n").join(part for part in parts if part is not None and part.plain)


def phrase(*parts: Text | None, separator: str = " · ") -> Text:
    """Return the parts that there are, side by side."""
    present = [part for part in parts if part is not None and part.plain]
    return Text(separator, style="quiet").join(present)
