"""Where output goes: what was asked for to standard output, everything else to standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import Console
    from rich.progress import Progress


@cache
def out() -> "Console":
    """Return the console for what was asked for."""
    return _console(stderr=False)


@cache
def err() -> "Console":
    """Return the console for everything else."""
    return _console(stderr=True)


def note(text: str, style: str = "quiet") -> None:
    """Tell the person at the terminal something, beside what they asked for."""
    err().print(text, style=style, markup=False, soft_wrap=True)


def emit(answer: "BaseModel") -> None:
    """Print a command's answer as JSON."""
    typer.echo(answer.model_dump_json(indent=2))


@contextmanager
def progress() -> "Iterator[Progress]":
    """Show how long work goes on, where somebody watches; nothing is left of it at the end."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    watched = err().is_terminal
    with Progress(*columns, console=err(), transient=True, disable=not watched) as shown:
        yield shown


def prepare_streams() -> None:
    """Make sure that no character of an event can make printing fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _console(*, stderr: bool) -> "Console":
    from rich.console import Console

    from services.cli.rendering.theme import THEME

    return Console(stderr=stderr, theme=THEME, highlight=False, emoji=False, markup=False)
