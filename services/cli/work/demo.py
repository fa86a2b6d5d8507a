"""The whole path on made-up cases: published over NATS, stored, folded, read back."""

import asyncio
import threading
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

from adapters.broker import provision
from adapters.identity.demo import DEMO_CALLERS, DemoNotAllowedError
from domain.identity import case_id_of
from domain.times import in_london
from projections.case_state import case_state
from projections.time_travel import NOW, PointOfView
from services.api.opening import demo_issuer
from services.bootstrap import Servers, prepare_database, review
from services.cli.connecting import checked, stores_and_broker
from services.cli.console import out
from services.cli.exits import CommandError, ExitCode
from services.cli.rendering.demo import (
    Filled,
    print_demo,
    print_next_steps,
    print_others,
    print_pages,
    print_served,
)
from services.cli.work.cases import case_file, judged_at
from services.cli.work.demo_days import (
    IntakeClock,
    last_day_told,
    made_up_by,
    opening_of,
    told_in,
)
from services.cli.work.demo_filling import Filling, is_own
from services.cli.work.demo_people import grant_to_people, granted_on
from services.cli.work.processes import await_caught_up, ingesting, projecting
from services.cli.work.running import Work, in_thread, run_until_stopped
from services.cli.work.serving import address, serving
from services.clock import system_clock
from services.log import configure_logging
from services.settings import Settings
from services.simulation import UNTIL, Simulation
from services.web.signing_in.demo_people import DEMO_PEOPLE

CASE = "asb:2024-0117"
EARLIER = date(2024, 3, 5)
"""The day on which the tenant was warned, and nobody knew better."""

_EXAMPLE = "cromwood.ndjson"
_LISTED = 12
"""How many cases of the register are shown."""


def run_demo(*, once: bool, cases: int) -> None:
    """Show the Cromwood case, and simulated ones beside it; then stop or, unless `once`, go on
    until Ctrl-C."""
    settings = Settings()
    # Whoever named a database may have real cases in it: nobody signs in without a provider there.
    settings = settings.model_copy(update={"demo": settings.database_url is None})
    # Warnings only: the demo says itself what happens.
    configure_logging("WARNING")
    _prepare_given_servers(settings)
    with stores_and_broker(settings) as servers:
        clock = IntakeClock()
        by_days = is_own(servers)
        made_up = Simulation(cases, until=_last_day(servers) if by_days else UNTIL)
        opening = opening_of(made_up.until) if by_days else None
        granted = _grant(servers, clock, opening) if settings.demo else 0
        first, *others = example_files()
        messages = [each for path in others for each in told_in(path)] if cases else []
        filling = Filling(
            settings, servers, clock, first, [*messages, *made_up_by(made_up)], by_days=by_days
        )
        serves = settings.demo and not once
        served = _Served(settings, servers.database_url, granted) if serves else None
        run_until_stopped(
            ingesting(settings, servers, clock),
            projecting(settings, servers.database_url),
            *([served.work] if served else []),
            _showing(servers.database_url, filling, made_up, served, once=once),
        )


def _last_day(servers: Servers) -> date:
    """Return up to when cases are made up; the demonstration's grants open its own record."""
    return last_day_told(granted_on(servers.database_url), in_london(system_clock()).date())


def _grant(servers: Servers, clock: IntakeClock, opening: datetime | None) -> int:
    """Grant the demonstration's people their roles; in its own record, before there is any case."""
    with clock.set_to(opening):
        return grant_to_people(servers.database_url, clock)


class _Served:
    """HTTP beside the demonstration, and where it is."""

    def __init__(self, settings: Settings, database_url: str, granted: int) -> None:
        self._settings = settings
        self._database_url = database_url
        self._granted = granted
        self._address: str | None = None
        self._begun, self._listens = asyncio.Event(), asyncio.Event()

    async def begin(self, stop: asyncio.Event) -> None:
        """Have `work` begin, and say where it serves."""
        self._begun.set()
        await _first_of(self._listens, stop)
        if self._address is not None:
            print_pages(self._address, ((each.said, each.what_for) for each in DEMO_PEOPLE))
            print_served(self._address, str(case_id_of(CASE)), self._granted)

    async def work(self, stop: asyncio.Event) -> None:
        """Once there is something to see, serve it on the port that is set, or else on any."""
        await _first_of(self._begun, stop)
        if stop.is_set():
            return
        for port in (self._settings.http_port, 0):
            settings = self._settings.model_copy(update={"http_port": port, "http_workers": 1})
            try:
                await serving(settings, self._database_url, self._listening)(stop)
            except CommandError:
                if port == 0:
                    raise
            else:
                return

    def _listening(self, port: int) -> None:
        self._address = address(self._settings, port)
        self._listens.set()


async def _first_of(*events: asyncio.Event) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()


def print_token(name: str) -> None:
    """Print an access token of one of the demonstration's people."""
    settings = Settings()
    try:
        issuer = demo_issuer(settings, system_clock)
    except DemoNotAllowedError as error:
        raise CommandError(str(error), ExitCode.USAGE) from None
    if name not in DEMO_CALLERS:
        known = ", ".join(DEMO_CALLERS)
        raise CommandError(f"The demo knows nobody of that name; there are {known}.")
    out().print(issuer.token_for(name), soft_wrap=True, markup=False)


def _prepare_given_servers(settings: Settings) -> None:
    """Do for servers that are not ours what is done for embedded ones as they start."""
    for name in ("migration_database_url", "database_url"):
        if settings.database_url is not None and (url := getattr(settings, name)) is not None:
            prepare_database(checked(f"CASE_TIMELINE_{name.upper()}", url))
            break
    if settings.nats_url is not None:
        asyncio.run(provision(settings.nats_url.get_secret_value(), settings.broker_layout))


def example_files() -> list[Path]:
    """Return the examples, as packaged or as they stand in the repository; Cromwood first."""
    packaged = Path(str(files("services.cli"))) / "examples"
    for folder in (packaged, Path(__file__).parents[3] / "examples"):
        if (folder / _EXAMPLE).is_file():
            first = folder / _EXAMPLE
            return [first, *sorted(set(folder.glob("*.ndjson")) - {first})]
    raise CommandError(f"The file examples/{_EXAMPLE} is not installed.")


def _showing(
    database_url: str,
    filling: Filling,
    made_up: Simulation,
    served: _Served | None,
    *,
    once: bool,
) -> Work:
    def show(halt: threading.Event) -> None:
        filled = filling.fill(halt)
        await_caught_up(database_url, halt)
        if not halt.is_set():
            _show(database_url, filled, made_up)

    async def work(stop: asyncio.Event) -> None:
        await in_thread(show, stop)
        if once:
            stop.set()
        elif not stop.is_set():
            print_next_steps(CASE, EARLIER)
            if served is not None:
                await served.begin(stop)

    return work


def _show(database_url: str, filled: Filled, made_up: Simulation) -> None:
    """Show the case and, where there are others, how they came in and the first of the register."""
    with review(database_url) as cases:
        now = case_file(cases, CASE, NOW)
        then = case_file(cases, CASE, PointOfView(known_on=EARLIER))
        rows = cases.register(case_state, limit=_LISTED)
    print_demo(filled, then, now, in_london(judged_at(NOW)).date())
    if made_up.cases:
        print_others(example_files()[1:], made_up, filled, rows)
