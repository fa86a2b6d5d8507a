"""Commands that run until they are told to stop."""

from typing import Annotated

import typer

Once = Annotated[bool, typer.Option("--once", help="Take in what is there, then stop.")]


def ingest() -> None:
    """Take events in from the broker until stopped."""
    from services.cli.work.processes import run_intake

    run_intake()


def project(once: Once = False) -> None:
    """Keep the read models up to date until stopped."""
    from services.cli.work.processes import run_read_models

    run_read_models(once=once)


def relay() -> None:
    """Publish accepted events and due flags until stopped."""
    from services.cli.work.processes import run_relaying

    run_relaying()


def serve() -> None:
    """Serve the API over HTTP until stopped."""
    from services.cli.work.processes import run_serving

    run_serving()


def everything() -> None:
    """Run ingest, project, relay and serve together until stopped."""
    from services.cli.work.processes import run_all

    run_all()
