"""Who there is in the demonstration, and what is granted to them."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date

from adapters.event_store.application import Cases
from adapters.identity.demo import DEMO_URL
from domain.outcomes import Outcome
from domain.times import in_london
from domain.vocabulary.access import Role
from services.cli.exits import CommandError
from services.cli.work.granting import Own, recorded
from services.intake.writer import Clock

_STAFF = {
    ("officer", Role.OFFICER): ("staff:ho-12", "staff:ho-14", "staff:ho-31"),
    ("safeguarding", Role.SAFEGUARDING): ("staff:sg-02", "staff:sg-07", "staff:dsl-01"),
    ("manager", Role.MANAGER): ("staff:manager-01",),
    ("reviewer", Role.REVIEWER): ("staff:reviewer-01",),
    ("analyst", Role.ANALYST): ("staff:analyst-01",),
    ("administrator", Role.ADMINISTRATOR): ("staff:it-01",),
    ("privacy", Role.PRIVACY): ("staff:privacy-01",),
}
"""As whom each works: leads of the stories are among them, so that some cases are theirs."""

_SYSTEMS = {
    "housing-system": "urn:magnolia:housing",
    "asb-system": "urn:cromwood:asb",
}
"""Whose events each system publishes."""

_ACTOR = {"id": "demo", "role": "The demonstration", "organisation": "demo", "kind": "system"}
_APPROVED_BY = "demo: whoever started it"
_REVIEWED = ("asb:2024-0117", "sg:2025-0061", "sg:2024-0081", "asb:2025-0233")
"""The cases of the stories that a review looks back on, and the one that all begins with."""
_UNTIL = "2099-12-31T00:00:00Z"


def granted_on(database_url: str) -> date | None:
    """Return the day on which the demonstration's people were granted their roles, if they were."""
    first = next(_grants())
    with closing(Cases(database_url)) as cases:
        entries = cases.seen([first.delivery])
    return in_london(entries[first.delivery].decided_at).date() if entries else None


def grant_to_people(database_url: str, clock: Clock) -> int:
    """Grant everyone their roles, on record by `clock`; return how many grants are new."""
    receipts = recorded(database_url, list(_grants()), clock)
    new = [receipt for receipt in receipts if not receipt.was_known]
    if any(receipt.outcome is not Outcome.ACCEPTED for receipt in new):
        raise CommandError("The demonstration's people could not be granted their roles.")
    return len(new)


def _grants() -> Iterator[Own]:
    for (name, role), staff in _STAFF.items():
        for number, known_as in enumerate(staff, 1):
            yield _role(f"demo-{name}-{number}", name, role, {"staff": known_as})
    for name, source in _SYSTEMS.items():
        yield _role(f"demo-{name}", name, Role.UPSTREAM, {"publishes": source})
    reviewed = {
        "review_grant_id": "demo-review",
        "principal": f"{DEMO_URL}|reviewer",
        "cases": [*_REVIEWED],
        "valid_until": _UNTIL,
        "why": "review",
    }
    yield Own("demo-review", "ReviewAccessGranted", _approved(reviewed))


def _role(grant_id: str, name: str, role: Role, whose: dict[str, str]) -> Own:
    granted = {"grant_id": grant_id, "principal": f"{DEMO_URL}|{name}", "role": role.value, **whose}
    return Own(grant_id, "RoleGranted", _approved(granted))


def _approved(data: Mapping[str, object]) -> dict[str, object]:
    return {"actor": _ACTOR, **data, "approved_by": _APPROVED_BY}
