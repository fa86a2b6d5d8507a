"""Commands on the read models."""

from typing import Annotated

import typer

from services.cli.options import Json

Name = Annotated[
    str | None, typer.Argument(metavar="[NAME]", help="The read model, such as timeline.")
]
All = Annotated[bool, typer.Option("--all", help="Every read model.")]


MostBehind = Annotated[
    int | None,
    typer.Option(
        "--most-behind",
        min=1,
        metavar="SECONDS",
        help="Fail if an event has waited for longer than this.",
    ),
]


def status(most_behind: MostBehind = None, as_json: Json = False) -> None:
    """Show how far each read model has come."""
    from services.cli.work.projections import show_status

    show_status(most_behind, as_json=as_json)


def rebuild(name: Name = None, everything: All = False, as_json: Json = False) -> None:
    """Build a read model anew, and compare."""
    from services.cli.work.projections import rebuild_models

    rebuild_models(name, everything=everything, as_json=as_json)
