"""The rule about people who are only written to."""

from collections.abc import Iterator
from datetime import datetime

from domain.events.contact import ContactAttemptFailed, ContactMade
from domain.events.people import CommunicationPreferenceRecorded
from domain.rules.flag import Finding, about_person
from domain.rules.history import History
from domain.rules.patterns import first_run, unbroken
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.vocabulary.consent import Direction
from domain.vocabulary.contact import ContactMode
from domain.vocabulary.rules import FlagEffect

_WRITTEN = {ContactMode.LETTER, ContactMode.EMAIL, ContactMode.TEXT}


@rule(
    "R25",
    "Only written contact, where writing is known not to get through",
    source="Landlord policy on hoarding: writing is often ignored; the number is ours",
    clears="an attempt in another way, or a preference that no longer says that writing is "
    "ineffective; closing the case",
    written_count=3,
)
def only_letters(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a warning for each person whom the last attempts since then reached for in writing."""
    preferences: dict[str, list[CommunicationPreferenceRecorded]] = {}
    for told in case.all(CommunicationPreferenceRecorded) if case.is_open else ():
        preferences.setdefault(told.person, []).append(told)
    for person, history in preferences.items():
        ineffective = unbroken(history, lambda each: each.written_ineffective)
        if not ineffective:
            continue
        attempts = [*_attempts(case, person, ineffective[0].occurred_at)]
        written = unbroken(attempts, lambda each: each.mode in _WRITTEN)
        found = first_run(written, terms, "written_count", lambda *_: True)
        if found is None:
            continue
        run, under = found
        known = max(event.known_at for event in run)
        yield Finding(
            under=under,
            because=(ineffective[0], *run),
            since=known,
            due=known,
            why="The last attempts at contact were all in writing, which is known not to get "
            "through to this person: try another way.",
            item=about_person(person),
            effect=FlagEffect.WARNING,
        )


def _attempts(
    case: History, person: str, since: datetime
) -> Iterator[ContactMade | ContactAttemptFailed]:
    for event in case.after(since, ContactMade, ContactAttemptFailed):
        assert isinstance(event, ContactMade | ContactAttemptFailed)
        inbound = isinstance(event, ContactMade) and event.direction is Direction.INBOUND
        if event.person == person and not inbound:
            yield event
