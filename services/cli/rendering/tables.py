"""The one look that all tables have."""

from collections.abc import Collection, Iterable

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

_LONGEST_REFERENCE = 28


def table(*headings: str, right: Collection[str] = (), whole: Collection[str] = ()) -> Table:
    """Return an empty table: columns in `right` hold numbers, lines in `whole` never wrap.

    Nothing is ever cut: words that are too long go on in the next line.
    """
    made = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        header_style="quiet",
        border_style="quiet",
        collapse_padding=True,
        show_edge=False,
    )
    for heading in headings:
        made.add_column(
            heading,
            justify="right" if heading in right else "left",
            no_wrap=heading in whole or heading in right,
            overflow="fold",
        )
    return made


def keep_together(column: Column, references: Iterable[str]) -> None:
    """Let references stand on one line, to be copied in one piece, unless one is very long."""
    column.no_wrap = max(map(len, references), default=0) <= _LONGEST_REFERENCE


def facts(*pairs: tuple[str, Text | None]) -> Table:
    """Return what is known as a list of names and values; what is not known is left out."""
    made = Table.grid(padding=(0, 2, 0, 0))
    # As wide as with all of it, so that several lists stand in line.
    widest = max(len(name) for name, _ in pairs)
    made.add_column(style="quiet", no_wrap=True, min_width=widest)
    made.add_column(ratio=1, overflow="fold")
    for name, value in pairs:
        if value is not None and value.plain:
            made.add_row(name, value)
    return made


def section(heading: str, body: RenderableType, aside: str = "") -> Group:
    """Return `body` under a heading."""
    title = Text.assemble((heading, "heading"), (f"  {aside}" if aside else "", "quiet"))
    return Group("", title, Padding(body, (0, 0, 0, 2)))
