"""What those may do who keep the service going: publishing systems and administrators."""

from domain.access.facts import Action
from domain.access.rule import Permit
from domain.vocabulary.access import Role
from domain.vocabulary.record import PersonalClass

_UPSTREAM = frozenset({Role.UPSTREAM})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

PERMITS = (
    Permit(
        id="upstream-write",
        why="A system publishes events of its own source, about whatever case.",
        source="part 2, T4; part 8, upstream system: append as itself",
        roles=_UPSTREAM,
        actions=frozenset({Action.RAISE, Action.WRITE}),
    ),
    Permit(
        id="upstream-receipts",
        why="A system reads what became of its own messages, and nothing of the cases.",
        source="part 8, upstream system: own receipts, ledger",
        roles=_UPSTREAM,
        actions=frozenset({Action.READ_RECEIPTS}),
    ),
    Permit(
        id="intake-run",
        why="Administrators and safeguarding officers look after messages that wait or are in "
        "quarantine, retry and close them; what is in them stays masked.",
        source="part 8, administrator: no content; designated safeguarding officer: triage",
        roles=frozenset({Role.ADMINISTRATOR, Role.SAFEGUARDING}),
        actions=frozenset({Action.RUN_INTAKE}),
    ),
    Permit(
        id="service-administer",
        why="An administrator looks after the read models, grants roles to others and changes "
        "what is in force; they see no case.",
        source="part 8, administrator: users, config, health",
        roles=_ADMINISTRATOR,
        actions=frozenset({Action.RUN_READ_MODELS, Action.GRANT, Action.SET_POLICY}),
    ),
    Permit(
        id="directory-read",
        why="Whoever works at the landlord reads its own file and those of the authorities: "
        "policies, agreements, and whom to turn to.",
        source="ours: part 8 is about cases alone",
        roles=frozenset(Role) - {Role.UPSTREAM, Role.ANALYST, Role.REVIEWER},
        actions=frozenset({Action.READ_DIRECTORY}),
        shows=frozenset({PersonalClass.IDENTITY}),
    ),
)
"""Every permit for keeping the service going."""
