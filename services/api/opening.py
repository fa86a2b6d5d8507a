"""Opens what stands behind the API, and closes it when the service stops."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import (
    AsyncExitStack,
    ExitStack,
    asynccontextmanager,
    closing,
    suppress,
)
from datetime import datetime

from anyio import to_thread

from adapters.access_store.store import AccessStore
from adapters.event_store.application import Cases
from adapters.event_store.oversight import IntakeOversight
from adapters.identity.demo import DemoIssuer
from adapters.identity.issuer import Issuer
from adapters.identity.key_set import KeySet
from adapters.identity.public_keys import KeySource
from adapters.identity.verifier import TokenVerifier
from adapters.read_store.reader import ReadStore
from domain.events.registry import EVENT_TYPES
from projections.personal_columns import classes_of_account, classes_of_value
from services.access import Gate
from services.api.context import Context
from services.api.live import LiveChanges
from services.api.stream import deciders
from services.bootstrap import intake_desk, servers
from services.clock import system_clock
from services.intake import Intake, Writer
from services.review import CaseReview
from services.settings import Settings

_THREADS = 8
"""How many threads of a process ask the database at once."""

Clock = Callable[[], datetime]


class NobodyCanSignIn(Exception):  # noqa: N818 (names the state)
    """No provider is named and the demonstration is off. The message is one sentence."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody could sign in: name an identity provider in CASE_TIMELINE_ISSUERS, or set"
            " CASE_TIMELINE_DEMO=true to look around without one."
        )


def check_anyone_can_sign_in(settings: Settings) -> None:
    """Raise `NobodyCanSignIn`, or `DemoNotAllowedError`, rather than serve nobody or everybody."""
    if settings.demo:
        demo_issuer(settings, system_clock)
    elif not settings.issuers:
        raise NobodyCanSignIn


@asynccontextmanager
async def opened_as_set(settings: Settings) -> AsyncIterator[Context]:
    """Yield what stands behind the API, on the database of the settings or an embedded one."""
    check_anyone_can_sign_in(settings)
    with ExitStack() as stack:
        # In a thread, because it may start a server.
        found = await asyncio.to_thread(stack.enter_context, servers(settings))
        async with opened(settings, found.database_url, system_clock) as context:
            yield context


@asynccontextmanager
async def opened(settings: Settings, database_url: str, clock: Clock) -> AsyncIterator[Context]:
    """Yield what stands behind the API, on this database."""
    await asyncio.to_thread(_build_masks)
    # More at once would wait for each other, for one lock and for the connections there are.
    to_thread.current_default_thread_limiter().total_tokens = _THREADS
    async with AsyncExitStack() as stack:
        cases = stack.enter_context(closing(Cases(database_url)))
        read_store = stack.enter_context(closing(ReadStore(database_url)))
        access = stack.enter_context(closing(AccessStore(database_url)))
        desk = stack.enter_context(intake_desk(database_url))
        oversight = stack.enter_context(closing(IntakeOversight(database_url)))
        # The intake has connections of its own: readers cannot keep events out.
        taking = stack.enter_context(closing(Cases(database_url)))
        intake = await stack.enter_async_context(Intake(Writer(taking, clock)))
        keys = [KeySet(issuer, clock) for issuer in settings.issuers]
        # Whoever comes first finds keys; a provider that is away is asked again in the background.
        await asyncio.gather(*(each.refresh() for each in keys))
        for each in keys:
            task = asyncio.create_task(each.run(), name="keys")
            stack.push_async_callback(_cancelled, task)
        yield Context(
            database_url=database_url,
            gate=Gate(access, cases, clock, read_budget=settings.read_budget),
            intake=intake,
            desk=desk,
            oversight=oversight,
            review=CaseReview(cases, read_store),
            read_store=read_store,
            verifier=TokenVerifier(_key_sources(settings, keys, clock), clock),
            keys=keys,
            live=await stack.enter_async_context(LiveChanges(database_url)),
            deciding=deciders(),
            clock=clock,
            landlord=settings.landlord,
        )


def _build_masks() -> None:
    """Build now what tells personal data from the rest: the first requests, which come together
    after a restart, would each build it, and take many times as long."""
    for event_type in EVENT_TYPES:
        classes_of_account(event_type)
    classes_of_value(None)


def _key_sources(
    settings: Settings, keys: Sequence[KeySet], clock: Clock
) -> Iterable[tuple[Issuer, KeySource]]:
    yield from ((each.issuer, each) for each in keys)
    if settings.demo:
        demo = demo_issuer(settings, clock)
        yield demo.issuer, demo


def demo_issuer(settings: Settings, clock: Clock) -> DemoIssuer:
    """Return the issuer of the demonstration; it refuses where a database was named."""
    named = settings.database_url is not None
    return DemoIssuer(settings.data_dir, clock, database_url_configured=named)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
