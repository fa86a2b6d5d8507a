"""Options and arguments that commands share, and how days and moments are read."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day written like 2024-03-05") from None


def _moment(text: str) -> datetime | date:
    try:
        return date.fromisoformat(text) if len(text) <= len("2024-03-05") else _instant(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is neither a moment like 2024-03-05T14:30:00Z nor a day like 2024-03-05"
        ) from None


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError
    return moment


def _view(text: str) -> str:
    # Here and not above: the views are the read models, and asking for help loads none of them.
    from services.cli.views import VIEWS, view_named

    view = view_named(text)
    if view is None:
        raise typer.BadParameter(f"there is no view {text!r}; there are {', '.join(VIEWS)}")
    return view.name


def _input(text: str) -> Path:
    path = Path(text)
    if text == "-" or path.is_file():
        return path
    raise typer.BadParameter(f"there is no file {text!r}")


Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]

CaseRef = Annotated[
    str, typer.Argument(metavar="REF", help="The file as published, such as asb:2024-0117.")
]

PersonRef = Annotated[
    str, typer.Argument(metavar="REF", help="The person as published, such as person:4411.")
]

PropertyRef = Annotated[
    str, typer.Argument(metavar="REF", help="The property as published, such as uprn:100012345678.")
]

Viewed = Annotated[
    str | None,
    typer.Option(
        "--view",
        metavar="VIEW",
        parser=_view,
        help="One view only, in full, such as timeline; a name that is none lists them all.",
    ),
]

KnownOn = Annotated[
    date | None,
    typer.Option(
        "--known-on",
        metavar="DATE",
        parser=_day,
        help="As it was known at the end of that day, such as 2024-03-05.",
    ),
]

RecordedBy = Annotated[
    date | None,
    typer.Option(
        "--recorded-by",
        metavar="TIME",
        parser=_moment,
        help="As recorded by that moment, such as 2024-03-05T14:30:00Z, or by the end of that day.",
    ),
]

ChangesBetween = Annotated[
    tuple[date, date] | None,
    typer.Option(
        "--changes-between",
        metavar="DATE DATE",
        parser=_day,
        help="What became known after the first day, up to the end of the second.",
    ),
]

Authority = Annotated[
    str | None,
    typer.Option("--authority", help="A local authority, as cases name it, such as E09000001."),
]

InputFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", parser=_input, help="CloudEvents, one a line; - for standard input."
    ),
]

Limit = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many at the most.")]
