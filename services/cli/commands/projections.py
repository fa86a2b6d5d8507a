"""Commands on the read models."""

from typing import Annotated

import typer

from services.cli.options import Json

Name = Annotated[
    str | None, typer.Argument(metavar="[NAME]", help="The read model, such as timeline.")
]
All = Annotated[bool, typer.Option("--all", help="Every read model.")]


def status(as_json: Json = False) -> None:
    """Show how far each read model has come."""
    from services.cli.work.projections import show_status

    show_status(as_json=as_json)


def rebuild(name: Name = None, everything: All = False, as_json: Json = False) -> None:
    """Build a read model anew, and compare."""
    from services.cli.work.projections import rebuild_models

    rebuild_models(name, everything=everything, as_json=as_json)
