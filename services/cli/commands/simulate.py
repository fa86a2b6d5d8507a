"""The command that makes cases up."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from services.cli.options import Json

Cases = Annotated[int, typer.Option("--cases", min=0, max=10_000_000, help="How many cases.")]
Seed = Annotated[
    int,
    typer.Option("--seed", min=0, max=999_999_999, help="The same seed makes the same cases."),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write to this file; - for standard output."),
]
Publish = Annotated[bool, typer.Option("--publish", help="Publish to the broker instead.")]
Until = Annotated[
    datetime | None,
    typer.Option("--until", metavar="DATE", formats=["%Y-%m-%d"], help="The last day told of."),
]
Years = Annotated[int, typer.Option("--years", min=1, max=50, help="Over how many years.")]
Damage = Annotated[
    float,
    typer.Option("--damage", min=0.0, max=1.0, help="How likely a damaged line comes before one."),
]


def simulate(
    cases: Cases = 300,
    seed: Seed = 1,
    out: Out = None,
    publish: Publish = False,
    until: Until = None,
    years: Years = 3,
    damage: Damage = 0.0,
    as_json: Json = False,
) -> None:
    """Make up believable cases, the same for the same seed."""
    from services.cli.work.simulating import simulate_cases, simulation

    made_up = simulation(cases, seed, until and until.date(), years, damage)
    simulate_cases(made_up, out, publish=publish, as_json=as_json)
