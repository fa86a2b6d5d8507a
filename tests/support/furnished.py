"""A landlord's records in which there is something to see on every page."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import groupby
from operator import attrgetter
from uuid import uuid4

from adapters.identity.demo import DEMO_URL
from adapters.read_store.session import Session
from domain.vocabulary.access import Role
from services.intake import Submission
from services.simulation import Simulation
from tests.acceptance.test_api_canaries import CANARY, the_case
from tests.stories.catalogue import STORIES
from tests.stories.child import CHILD_CASE
from tests.stories.cromwood import CROMWOOD
from tests.stories.story import Line
from tests.support.access import LANDLORD, guarded
from tests.support.intakes import Feeding
from tests.support.messages import RECEIVED, body
from tests.support.read_stores import MODELS, caught_up
from tests.support.stories import review_access_granted, role_granted

HOSTILE_REF = "asb:2024-0666"
"""A case in which every personal text tries to be markup or a template, and holds
a word by which it is found where it should not be."""

REVIEWED = (CROMWOOD, CHILD_CASE)
"""The cases that the reviewer is granted."""

_HOSTILE = f"<img src=/planted>{{{{7*7191}}}}'{CANARY}"
_SIMULATED = Simulation(16, until=date(2025, 12, 31), years=2, damage=0.01)
_STAFF = {
    "officer": (Role.OFFICER, "ho-12", "ho-14", "ho-31", "officer"),
    "safeguarding": (Role.SAFEGUARDING, "sg-02", "sg-07", "dsl-01"),
    "manager": (Role.MANAGER, "manager-01"),
    "reviewer": (Role.REVIEWER, "reviewer-01"),
    "analyst": (Role.ANALYST, "analyst-01"),
    "administrator": (Role.ADMINISTRATOR, "it-01"),
    "privacy": (Role.PRIVACY, "privacy-01"),
}
"""Who of the demonstration's people works as whom; leads of the stories are among them."""


def furnish(database_url: str) -> None:
    """Fill a migrated database, and have the read models take it in."""
    with guarded(database_url) as landlord:
        _hand_in(landlord.feed)
        for name, (role, *known_as) in _STAFF.items():
            for staff in known_as:
                granted = role_granted(
                    grant_id=f"G-{staff}",
                    principal=_principal(name),
                    role=role,
                    staff=f"staff:{staff}",
                )
                assert landlord.own(granted, LANDLORD).outcome == "accepted"
        review = review_access_granted(
            principal=_principal("reviewer"),
            cases=tuple(story.case_ref for story in REVIEWED),
            valid_until=datetime(2099, 12, 31, tzinfo=UTC),
        )
        assert landlord.own(review, LANDLORD).outcome == "accepted"
    with closing(Session(database_url)) as session:
        caught_up(session, MODELS)


def _hand_in(feed: Feeding) -> None:
    """Hand in what there is, day by day: together it takes a tenth of the time."""
    lines = sorted(_lines(), key=attrgetter("published"))
    for _, day in groupby(lines, lambda line: line.published.date()):
        sent = [
            Submission(f"nats:CASES:{uuid4()}", "all", line.body, line.published, False)
            for line in day
        ]
        feed.clock.now = sent[-1].received_at
        feed.writer.commit(sent)
    feed.clock.now = RECEIVED


def _principal(name: str) -> str:
    return f"{DEMO_URL}|{name}"


def _lines() -> Iterator[Line]:
    for story in STORIES:
        yield from story.lines()
    for sent in the_case("hostile"):
        line = body(sent | {"subject": HOSTILE_REF}).replace(
            f'"{CANARY}'.encode(), json.dumps(_HOSTILE).encode().removesuffix(b'"')
        )
        yield Line(line, RECEIVED)
    published = datetime.min.replace(tzinfo=UTC)
    for line in _SIMULATED.lines():
        published = max(published, _known(line) or published)
        yield Line(line, published)


def _known(line: bytes) -> datetime | None:
    """When the source of a line knew; None where the line is damaged."""
    try:
        return datetime.fromisoformat(json.loads(line)["knowntime"])
    except (ValueError, KeyError):
        return None
