"""The command that shows all of it on one made-up case."""

from typing import Annotated

import typer

Once = Annotated[bool, typer.Option("--once", help="Show the case, then stop everything started.")]


def demo(once: Once = False) -> None:
    """Show the whole path on one made-up case."""
    from services.cli.work.demo import run_demo

    run_demo(once=once)
