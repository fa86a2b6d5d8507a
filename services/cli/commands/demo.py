"""The commands that show all of it on one made-up case, with others beside it."""

from typing import Annotated

import typer

Once = Annotated[bool, typer.Option("--once", help="Show the cases, then stop everything started.")]
Cases = Annotated[
    int,
    typer.Option("--cases", min=0, max=100_000, help="How many simulated cases to have beside it."),
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Who, such as officer.")]


def demo(context: typer.Context, once: Once = False, cases: Cases = 300) -> None:
    """Show the whole path on one made-up case, and others beside it."""
    if context.invoked_subcommand is not None:
        return
    from services.cli.work.demo import run_demo

    run_demo(once=once, cases=cases)


def token(name: Name) -> None:
    """Print an access token of one of the demo's people."""
    from services.cli.work.demo import print_token

    print_token(name)
