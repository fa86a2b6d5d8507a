"""The whole path on made-up cases: published over NATS, stored, folded, read back."""

import asyncio
import threading
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path

from adapters.broker import provision
from adapters.broker.reconciling import stream_state
from adapters.identity.demo import DEMO_CALLERS, DemoNotAllowedError
from domain.identity import case_id_of
from domain.outcomes import Outcome
from domain.times import in_london
from projections.case_state import case_state
from projections.time_travel import NOW, PointOfView
from services.api.opening import demo_issuer
from services.bootstrap import Servers, intake_desk, prepare_database, review
from services.cli.connecting import checked, stores_and_broker
from services.cli.console import out, progress
from services.cli.exits import CommandError, ExitCode
from services.cli.rendering.demo import (
    print_demo,
    print_next_steps,
    print_pages,
    print_served,
    print_simulated,
)
from services.cli.work.cases import case_file, judged_at
from services.cli.work.demo_people import grant_to_people
from services.cli.work.processes import await_caught_up, ingesting, projecting
from services.cli.work.publishing import published
from services.cli.work.running import Work, in_thread, run_until_stopped
from services.cli.work.serving import address, serving
from services.cli.work.simulating import published as publish_simulated
from services.clock import system_clock
from services.log import configure_logging
from services.settings import Settings
from services.simulation import Simulation
from services.web.signing_in.demo_people import DEMO_PEOPLE

CASE = "asb:2024-0117"
EARLIER = date(2024, 3, 5)
"""The day on which the tenant was warned, and nobody knew better."""

_EXAMPLE = "cromwood.ndjson"
_LOOK_SECONDS = 0.05
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
        granted = grant_to_people(servers.database_url) if settings.demo else 0
        served = _Served(settings, servers.database_url, granted)
        run_until_stopped(
            ingesting(settings, servers),
            projecting(settings, servers.database_url),
            *([served.work] if settings.demo and not once else []),
            _showing(settings, servers, served, once=once, cases=cases),
        )


class _Served:
    """HTTP beside the demonstration, and where it is."""

    def __init__(self, settings: Settings, database_url: str, granted: int) -> None:
        self._settings = settings
        self._database_url = database_url
        self.granted = granted
        """How many grants to the demonstration's people are new."""
        self.address: str | None = None

    async def work(self, stop: asyncio.Event) -> None:
        """Serve on the port that is set, or else on any."""
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
        self.address = address(self._settings, port)


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
    settings: Settings, servers: Servers, served: _Served, *, once: bool, cases: int
) -> Work:
    def show(halt: threading.Event) -> None:
        _show_the_story(settings, servers, halt)
        if cases and not halt.is_set():
            _show_the_register(settings, servers, Simulation(cases), halt)

    async def work(stop: asyncio.Event) -> None:
        await in_thread(show, stop)
        if once:
            stop.set()
        elif not stop.is_set():
            print_next_steps(CASE, EARLIER)
            if served.address:
                people = ((each.said, each.what_for) for each in DEMO_PEOPLE)
                print_pages(served.address, people)
                print_served(served.address, str(case_id_of(CASE)), served.granted)

    return work


def _show_the_story(settings: Settings, servers: Servers, halt: threading.Event) -> None:
    assert servers.nats_url is not None
    before = _outcomes(servers)
    sent = published(example_files()[0], servers.nats_url, settings)
    _await_taken_in(settings, servers, halt)
    await_caught_up(servers.database_url, halt)
    if halt.is_set():
        return
    became = _outcomes(servers)
    became.subtract(before)
    with review(servers.database_url) as cases:
        now = case_file(cases, CASE, NOW)
        then = case_file(cases, CASE, PointOfView(known_on=EARLIER))
    print_demo(sent, became, then, now, in_london(judged_at(NOW)).date())


def _show_the_register(
    settings: Settings, servers: Servers, made_up: Simulation, halt: threading.Event
) -> None:
    """Publish the other stories and simulated cases, and show the first cases of the register."""
    assert servers.nats_url is not None
    before = _outcomes(servers)
    stories = [published(path, servers.nats_url, settings) for path in example_files()[1:]]
    sent = publish_simulated(made_up, servers.nats_url, settings, halt)
    _await_taken_in(settings, servers, halt)
    await_caught_up(servers.database_url, halt)
    if halt.is_set():
        return
    became = _outcomes(servers)
    became.subtract(before)
    with review(servers.database_url) as cases:
        rows = cases.register(case_state, limit=_LISTED)
    print_simulated(stories, sent, became, rows)


def _outcomes(servers: Servers) -> Counter[Outcome]:
    with intake_desk(servers.database_url) as desk:
        sums = desk.sums()
    return Counter({outcome: sum(getattr(each, outcome) for each in sums) for outcome in Outcome})


def _await_taken_in(settings: Settings, servers: Servers, halt: threading.Event) -> None:
    """Return when the intake has committed all that the broker has, or `halt` is set."""
    assert servers.nats_url is not None
    with progress() as shown:
        task = shown.add_task("Taking in", total=None)
        while not halt.is_set():
            state = asyncio.run(stream_state(servers.nats_url, settings.broker_layout))
            done = state.messages - state.not_yet_consumed
            shown.update(task, completed=done, total=state.messages)
            if not state.not_yet_consumed:
                return
            halt.wait(_LOOK_SECONDS)
