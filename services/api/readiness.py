"""What the API needs to do its work, and how it is seen that it is there."""

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress

from adapters.broker import BrokerUnreachable
from adapters.broker.connection import connected
from adapters.read_store.reader import Progress
from adapters.read_store.session import ReadStoreError, Session
from projections.catalogue import READ_MODELS
from services.api.context import Context
from services.api.health import Check
from services.settings import Settings
from services.threads import finished_in_thread

_BROKER_PATIENCE_SECONDS = 1.5


class NotReady(Exception):  # noqa: N818 (names the state)
    """Something is there, and not as it is needed."""


class Needs:
    """What the API needs: `checks` are run over and over by `Readiness`. Enter it before.

    Each looks with a connection of its own: that all others are in use is no outage, and a pool
    which has lost its connections is slow to try again.
    """

    def __init__(self, settings: Settings, behind: Callable[[], Context]) -> None:
        """`behind` gives what stands behind the API, once that is opened."""
        self._behind = behind
        self._most_behind = settings.ready_within
        self._nats_url = settings.nats_url.get_secret_value() if settings.nats_url else None
        self._session: Session | None = None
        self._broker: AsyncExitStack | None = None
        self.progress: Sequence[Progress] = ()
        """How far each read model had come when that was last looked at."""
        self.is_there = True
        """Whether PostgreSQL answered when it was last asked."""

    @property
    def checks(self) -> Sequence[Check]:
        """Everything that is looked at."""
        found = [
            Check("postgresql", self._look_at_postgresql),
            Check("read-models", self._look_at_read_models),
            Check("signing-keys", self._look_at_keys),
        ]
        if self._nats_url:
            found.append(Check("nats", self._look_at_nats))
        return found

    async def close(self) -> None:
        """Give up all connections."""
        if self._session:
            self._session.close()
        await self._leave_broker()

    async def _look_at_postgresql(self) -> None:
        try:
            await finished_in_thread(self._ask)
        except BaseException:
            self.is_there = False
            raise
        self.is_there = True

    def _ask(self) -> None:
        try:
            self._session = self._session or Session(self._behind().database_url)
            self._session.head()
        except ReadStoreError:
            if self._session:
                self._session.close()
            self._session = None
            raise

    async def _look_at_read_models(self) -> None:
        if not self.is_there:
            raise NotReady("it cannot be seen how far they are")
        context = self._behind()
        self.progress = await finished_in_thread(
            context.read_store.progress, list(READ_MODELS.values())
        )
        since = context.clock() - self._most_behind
        if any(each.waiting_since and each.waiting_since < since for each in self.progress):
            raise NotReady("events wait for too long")

    async def _look_at_keys(self) -> None:
        if not all(keys.usable for keys in self._behind().keys):
            raise NotReady("a provider's keys cannot be used")

    async def _look_at_nats(self) -> None:
        assert self._nats_url is not None
        try:
            if self._broker is None:
                self._broker = AsyncExitStack()
                self._client = await self._broker.enter_async_context(
                    connected(self._nats_url, patience=_BROKER_PATIENCE_SECONDS)
                )
            if not self._client.is_connected:
                raise BrokerUnreachable("The broker is away.")
            await self._client.flush(timeout=1)
        except TimeoutError:
            # A connection whose other end has gone may not have noticed yet.
            await self._leave_broker()
            raise BrokerUnreachable("The broker does not answer.") from None
        except Exception:
            await self._leave_broker()
            raise

    async def _leave_broker(self) -> None:
        if self._broker is not None:
            with suppress(Exception):
                await self._broker.aclose()
            self._broker = None
