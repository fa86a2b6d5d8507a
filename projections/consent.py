"""Where people stand on consent in a case, and whether it was decided to act without it."""

from collections.abc import Iterable
from datetime import datetime

from domain.events.consent import ConsentDecisionRecorded, ConsentOverridden
from domain.events.fields import Part
from domain.latest import period_end, supersedes
from domain.vocabulary.consent import ConsentScope, ConsentState
from projections.personal_columns import Pseudonym


class Consent(Part):
    """Where one person stands on one scope of consent, and whether it was overridden since."""

    scope: ConsentScope
    person: Pseudonym[str | None] = None
    """Whose consent; None where the decision did not say, or everyone's was overridden."""
    state: ConsentState | None = None
    """The latest decision; None where consent was overridden without one."""
    at: datetime | None = None
    """When that was decided."""
    overridden: bool = False
    """Whether it was decided to act without consent, and no newer decision has come."""
    overridden_at: datetime | None = None


class Override(Part):
    """A decision to act without consent. It is kept: whom it concerns may come to be known late."""

    scope: ConsentScope
    person: Pseudonym[str | None] = None
    """Whose refusal or lack of consent; None where everyone's in the scope."""
    at: datetime
    """When that was decided."""
    no_later_than: datetime
    """The last moment at which it may have been decided; differs where it is dated roughly."""


Consents = tuple[Consent, ...]
Overrides = tuple[Override, ...]

_CONSENTING = (ConsentState.GIVEN, ConsentState.VIA_REPRESENTATIVE)


def override_of(event: ConsentOverridden) -> Override:
    """Return what is kept of a decision to act without consent."""
    return Override(
        scope=event.scope,
        person=event.person,
        at=event.occurred_at,
        no_later_than=period_end(event),
    )


def after_decision(consents: Consents, event: ConsentDecisionRecorded) -> Consents:
    """Return `consents` after a person's decision; the latest holds."""
    whose = (event.scope, event.person)
    earlier = next((held for held in consents if (held.scope, held.person) == whose), None)
    if earlier and not supersedes(event, earlier.at):
        return consents
    decided = Consent(
        scope=event.scope, person=event.person, state=event.state, at=event.occurred_at
    )
    return (*(held for held in consents if held is not earlier), decided)


def with_overrides(consents: Consents, overrides: Overrides) -> Consents:
    """Return where everyone stands given all `overrides`, in whatever order these arrived.

    An override of everyone's consent concerns whoever has not given it. It is listed by itself
    while it can be said of nobody: where none but such who consented before it have decided.
    """
    decided = [held for held in consents if held.state is not None]
    alone = [each for each in overrides if _stands_alone(each, decided)]
    listed = dict.fromkeys((each.scope, each.person) for each in alone)
    undecided = [Consent(scope=scope, person=person) for scope, person in listed]
    return tuple(_overridden(held, overrides) for held in (*decided, *undecided))


def _stands_alone(override: Override, decided: Iterable[Consent]) -> bool:
    in_scope = [held for held in decided if held.scope == override.scope]
    if override.person is not None:
        return all(held.person != override.person for held in in_scope)
    return all(held.state in _CONSENTING and not _is_newer(held, override) for held in in_scope)


def _overridden(held: Consent, overrides: Overrides) -> Consent:
    since = max((each.at for each in overrides if _concerns(each, held)), default=None)
    return held.model_copy(update={"overridden": since is not None, "overridden_at": since})


def _concerns(override: Override, held: Consent) -> bool:
    if override.scope != held.scope or _is_newer(held, override):
        return False
    if override.person is None:
        return held.state not in _CONSENTING
    return override.person == held.person


def _is_newer(held: Consent, override: Override) -> bool:
    return held.at is not None and held.at > override.no_later_than
