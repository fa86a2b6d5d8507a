"""Fills the demonstration's record: one case over NATS, all others through the same door as files.

Where the servers are its own it does so day by day, with the intake's clock set back to each day,
as if the service had been running then. Where somebody named them there may be real cases in them:
there it is the time of the system.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from uuid import UUID

from adapters.broker import publish_lines
from adapters.broker.reconciling import stream_state
from adapters.event_store.application import Cases
from domain.events.envelope import OWN_SOURCE
from domain.outcomes import Outcome
from domain.times import in_london
from services.bootstrap import Servers, intake_desk
from services.cli.answers import PublishedFile
from services.cli.console import progress
from services.cli.rendering.demo import Filled
from services.cli.work.demo_days import IntakeClock, Message, by_days, told_in, was_set_back
from services.cli.work.demo_people import granted_on
from services.cli.work.lines import source_of_file
from services.cli.work.taking import Taker, batches
from services.clock import system_clock
from services.settings import Settings

_LOOK_SECONDS = 0.01
_OTHERS = "file:demo"

_Step = tuple[datetime | None, list[Message]]
"""Messages that are taken in together, and to when the clock is set back for that, if it is."""


class Filling:
    """The messages of the case and of all others, and their ways in."""

    def __init__(
        self,
        settings: Settings,
        servers: Servers,
        clock: IntakeClock,
        case: Path,
        others: Sequence[Message],
        *,
        by_days: bool,
    ) -> None:
        """Prepare to publish the file of the case, and to hand in `others`.

        The clock is set back `by_days` where the record is the demonstration's own.
        """
        assert servers.nats_url is not None
        self._nats_url, self._database_url = servers.nats_url, servers.database_url
        self._goes_by_days = by_days
        self._layout = settings.broker_layout
        self._clock = clock
        self._file, self._case, self._others = case, told_in(case), others
        self._over_nats = {message.event_id for message in self._case}
        self._stored = self._known_before = 0

    def fill(self, halt: threading.Event) -> Filled:
        """Have everything taken in that is not on record yet; `halt` ends it early.

        The case is published in any case: to show that it is recognised.
        """
        self._await_taken_in(halt)  # what somebody else published belongs to no day of ours
        before = self._became()
        with closing(Cases(self._database_url)) as cases, progress() as shown:
            known = cases.taken(each.event_id for each in (*self._case, *self._others)).keys()
            taker = Taker(cases, _OTHERS, self._clock)
            steps = list(self._steps(known))
            for moment, messages in shown.track(steps, description="Taking in"):
                if halt.is_set():
                    break
                with self._clock.set_to(moment):
                    self._take_in(messages, taker, halt)
        became = self._became()
        became.subtract(before)
        days = [in_london(moment).date() for moment, _ in steps if moment]
        return Filled(
            case=PublishedFile(
                file=str(self._file), stored=self._stored, known_before=self._known_before
            ),
            case_became=_part(became, of_case=True),
            others_became=_part(became, of_case=False),
            others_known=sum(each.event_id in known for each in self._others),
            days=(days[0], days[-1]) if days else None,
        )

    def _steps(self, known: Collection[UUID]) -> Iterator[_Step]:
        new = [each for each in (*self._case, *self._others) if each.event_id not in known]
        if self._goes_by_days:
            for day in by_days(new):
                yield day[-1].published, day
        elif new:
            yield None, new
        if again := [each for each in self._case if each.event_id in known]:
            yield None, again

    def _take_in(self, messages: Sequence[Message], taker: Taker, halt: threading.Event) -> None:
        """Return when all of these are on record, by the clock as it is set."""
        published = [each for each in messages if each.event_id in self._over_nats]
        handed_in = [each.line for each in messages if each.event_id not in self._over_nats]
        for batch in batches(handed_in):
            taker.take(batch)
        if published:
            self._publish(published)
            self._await_taken_in(halt)

    def _publish(self, messages: Sequence[Message]) -> None:
        sent = asyncio.run(
            publish_lines(
                self._nats_url,
                [message.line.body for message in messages],
                fallback_source=source_of_file(self._file),
                layout=self._layout,
            )
        )
        self._stored += sent.stored
        self._known_before += sent.known_before

    def _await_taken_in(self, halt: threading.Event) -> None:
        while not halt.is_set():
            if not asyncio.run(stream_state(self._nats_url, self._layout)).not_yet_consumed:
                return
            halt.wait(_LOOK_SECONDS)

    def _became(self) -> Counter[tuple[bool, Outcome]]:
        """Return what became of all that was ever received, apart what the case's sources sent."""
        sources = {message.source for message in self._case}
        with intake_desk(self._database_url) as desk:
            sums = [each for each in desk.sums() if each.source != OWN_SOURCE]
        found: Counter[tuple[bool, Outcome]] = Counter()
        for each in sums:
            for outcome in Outcome:
                found[each.source in sources, outcome] += getattr(each, outcome)
        return found


def is_own(servers: Servers) -> bool:
    """Tell whether the record is the demonstration's own, and not for anybody's real cases.

    That is one on embedded servers in which there is nothing, or which a demonstration opened.
    """
    if not (servers.database_is_embedded and servers.nats_is_embedded):
        return False
    if (opened := granted_on(servers.database_url)) is not None:
        return was_set_back(opened, in_london(system_clock()).date())
    with intake_desk(servers.database_url) as desk:
        return desk.last_entry() == 0


def _part(became: Counter[tuple[bool, Outcome]], *, of_case: bool) -> Counter[Outcome]:
    return Counter({outcome: became[of_case, outcome] for outcome in Outcome})
