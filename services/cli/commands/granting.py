"""The command that grants a role."""

from datetime import datetime
from typing import Annotated

import typer

from services.cli.options import Json

Principal = Annotated[
    str,
    typer.Option("--principal", metavar="ISS|SUB", help="Issuer and subject of their tokens."),
]
RoleName = Annotated[str, typer.Option("--role", help="Such as administrator.")]
Staff = Annotated[
    str | None, typer.Option("--staff", help="How cases name the person, such as staff:ho-12.")
]
Publishes = Annotated[
    str | None, typer.Option("--publishes", metavar="URI", help="The source of a system's events.")
]
Areas = Annotated[
    list[str] | None,
    typer.Option("--area", metavar="AUTHORITY", help="Only for its cases; may be given again."),
]
Until = Annotated[
    datetime | None,
    typer.Option(
        "--until", metavar="DATE", formats=["%Y-%m-%d"], help="When it runs out, at 00:00 UTC."
    ),
]
By = Annotated[str, typer.Option("--by", help="Who records it.")]
ApprovedBy = Annotated[str, typer.Option("--approved-by", help="Who agreed to it: someone else.")]


def grant(
    principal: Principal,
    role: RoleName,
    by: By,
    approved_by: ApprovedBy,
    staff: Staff = None,
    publishes: Publishes = None,
    area: Areas = None,
    until: Until = None,
    as_json: Json = False,
) -> None:
    """Grant a role, such as the first administrator's."""
    from services.cli.work.granting import grant_role

    granted = {
        "principal": principal,
        "role": role,
        "staff": staff,
        "publishes": publishes,
        "areas": area,
        "valid_until": until and f"{until:%Y-%m-%d}T00:00:00Z",
        "approved_by": approved_by,
    }
    grant_role(granted, by=by, as_json=as_json)
