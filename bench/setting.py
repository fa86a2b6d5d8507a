"""Where everything is measured: servers, databases, helper processes, and how much is done."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Concatenate, LiteralString, ParamSpec
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

from adapters.embedded import EmbeddedPostgres
from adapters.event_store.application import Cases
from bench.beside.emmett import Emmett
from bench.measured import Sample
from services.bootstrap import prepare_database
from services.clock import system_clock
from services.intake import Submission, Writer

CORES = 4
"""How many processes of ours work together where several do."""

_WARMING_UP = 500
"""Events, in which most types of them occur."""

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is done."""

    cases: int
    """Simulated cases that are imported, of some 29 events each."""
    few_cases: int
    """With which projectors catch up."""
    lasting: float
    """Seconds of one round."""
    rounds: int
    stock_events: int
    """Which the stock projection takes in."""
    warming: float = 0.3
    """Seconds before each round that do not count."""


FULL = Scale(cases=7_000, few_cases=120, lasting=1.5, rounds=3, stock_events=4_000)
QUICK = Scale(cases=700, few_cases=60, lasting=1.0, rounds=1, stock_events=1_000)


@dataclass
class Setting:
    """What each piece of work is given to be measured with."""

    scale: Scale
    folder: Path
    server_url: str
    ours: ProcessPoolExecutor
    """Processes of ours that work, apart from the one that measures."""
    theirs: ProcessPoolExecutor
    """A process for the libraries that ours is measured beside."""
    emmett: Emmett
    row_bytes: int = 0
    """The size of a stored event, which all others are given too; known once some are stored."""

    @contextmanager
    def database(self, *, migrated: bool = True) -> Iterator[str]:
        """Yield the URL of a database for a while: with the tables of this release, or empty."""
        name = f"bench_{uuid4().hex[:12]}"
        template = "bench_template" if migrated else "template1"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            yield self.url_of(name)
        finally:
            self._execute("DROP DATABASE {} WITH (FORCE)", name)

    def in_empty(self, work: Callable[[str], Sample]) -> Sample:
        """Return what work comes to in an empty database of its own."""
        with self.database(migrated=False) as url:
            return work(url)

    def stock(
        self, work: Callable[Concatenate[str, P], Sample], *args: P.args, **kwargs: P.kwargs
    ) -> Sample:
        """Return what work comes to in an empty database, in the process for others' libraries."""
        with self.database(migrated=False) as url:
            return self.theirs.submit(work, url, *args, **kwargs).result()

    def url_of(self, name: str) -> str:
        """Return the URL of a database of the server."""
        return urlsplit(self.server_url)._replace(path=f"/{name}").geturl()

    def prepare(self) -> None:
        """Make the template of our databases."""
        self._execute("CREATE DATABASE {} TEMPLATE {}", "bench_template", "template1")
        prepare_database(self.url_of("bench_template"))

    def warm_up(self, files: Sequence[Path]) -> None:
        """Have each of our processes build what it builds when it first takes events in."""
        with self.database() as url:
            for done in [self.ours.submit(_warm_up, url, file) for file in files]:
                done.result()

    def _execute(self, statement: LiteralString, *names: str) -> None:
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            connection.execute(SQL(statement).format(*map(Identifier, names)))


_all_of_us: Barrier


def _meet(barrier: Barrier) -> None:
    global _all_of_us
    _all_of_us = barrier


def _warm_up(url: str, file: Path) -> None:
    _all_of_us.wait(60)  # so that each process has one file
    with file.open("rb") as lines, closing(Cases(url)) as cases:
        writer = Writer(cases, system_clock)
        for number, line in enumerate(islice(lines, _WARMING_UP)):
            delivery = f"warm:{file.name}:{number}"
            writer.commit([Submission(delivery, "bench", line, system_clock(), False)])


@contextmanager
def standing(scale: Scale, folder: Path) -> Iterator[Setting]:
    """Start everything, and stop it afterwards."""
    with ExitStack() as stack:
        postgres = stack.enter_context(EmbeddedPostgres(folder / "postgres"))
        spawning = get_context("spawn")
        meeting = (spawning.Barrier(CORES),)
        setting = Setting(
            scale,
            folder,
            postgres.start(),
            stack.enter_context(ProcessPoolExecutor(CORES, spawning, _meet, meeting)),
            stack.enter_context(ProcessPoolExecutor(1, mp_context=spawning)),
            stack.enter_context(Emmett()),
        )
        setting.prepare()
        yield setting
