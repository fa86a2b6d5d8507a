"""The consent and sharing register: who agreed to what, who was told what, and on what basis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce, singledispatch
from typing import Any
from uuid import UUID

from domain.events.consent import ConsentDecisionRecorded, ConsentOverridden, PersonInformed
from domain.events.envelope import CaseEvent
from domain.events.sharing import AdviceSought, InformationReceived, InformationShared
from domain.latest import supersedes
from domain.persons import persons_of
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.streams import FILES
from domain.vocabulary.consent import ConsentScope, InformedAbout
from projections.consent import Consent, Consents, after_decision, override_of, with_overrides
from projections.event_row import told_by
from projections.read_model import ReadModel
from projections.sharing_row import SharingKind, SharingRow

sharing = ReadModel("sharing", 1, SharingRow, streams=FILES)

_TOLD_OF_OVERRIDE = {
    ConsentScope.REFER: (InformedAbout.OVERRIDE, InformedAbout.REFERRAL),
    ConsentScope.SHARE: (InformedAbout.OVERRIDE, InformedAbout.SHARING),
    ConsentScope.SUPPORT: (InformedAbout.OVERRIDE,),
}
"""Being told of what was done without consent is being told of the override."""


@sharing.of_whole_streams()
def _register(history: History, policy: Policy) -> Iterable[SharingRow]:
    standing = _Standing(history.recorded)
    for event in history.recorded:
        if columns := _columns(event, standing):
            yield SharingRow(**told_by(event), persons=persons_of(event), **columns)


@dataclass
class _Standing:
    """Which decisions hold, as the case state tells it too."""

    events: Sequence[CaseEvent]

    @cached_property
    def latest(self) -> dict[tuple[ConsentScope, str | None], ConsentDecisionRecorded]:
        held: dict[tuple[ConsentScope, str | None], ConsentDecisionRecorded] = {}
        for event in self.events:
            if isinstance(event, ConsentDecisionRecorded):
                whose = (event.scope, event.person)
                earlier = held.get(whose)
                if supersedes(event, earlier.occurred_at if earlier else None):
                    held[whose] = event
        return held

    @cached_property
    def consents(self) -> Consents:
        decided: Consents = reduce(after_decision, self.latest.values(), ())
        overrides = [e for e in self.events if isinstance(e, ConsentOverridden)]
        return with_overrides(decided, tuple(map(override_of, overrides)))

    @cached_property
    def history(self) -> History:
        return History(self.events)

    def of(self, decision: ConsentDecisionRecorded) -> Consent | None:
        """Return where the person stands by this decision; None where a later one holds."""
        whose = (decision.scope, decision.person)
        if self.latest.get(whose) is not decision:
            return None
        return next(held for held in self.consents if (held.scope, held.person) == whose)

    def holds(self, override: ConsentOverridden) -> bool:
        """Tell whether this is still the last word on anyone's consent in its scope."""
        return any(
            held.overridden_at == override.occurred_at and held.scope == override.scope
            for held in self.consents
            if override.person in (None, held.person)
        )

    def told(self, override: ConsentOverridden) -> PersonInformed | None:
        """Return the last word on whether the person was informed of the override."""
        abouts = _TOLD_OF_OVERRIDE[override.scope]
        found = self.history.after(override.occurred_at, PersonInformed)
        fitting = [
            each
            for each in found
            if each.about in abouts
            and (override.person is None or each.person in (None, override.person))
        ]
        return fitting[-1] if fitting else None


@singledispatch
def _columns(event: CaseEvent, standing: _Standing) -> dict[str, Any]:
    return {}


@_columns.register
def _(event: ConsentDecisionRecorded, standing: _Standing) -> dict[str, Any]:
    stands = standing.of(event)
    return {
        "kind": SharingKind.CONSENT,
        "person": event.person,
        "scope": event.scope,
        "state": event.state,
        "current": stands is not None,
        "overridden_at": stands.overridden_at if stands else None,
        "sought_by": event.sought_by,
        "how": event.how,
        "reason_not_sought": event.reason_not_sought,
    }


@_columns.register
def _(event: ConsentOverridden, standing: _Standing) -> dict[str, Any]:
    told = standing.told(event)
    return {
        "kind": SharingKind.OVERRIDE,
        "person": event.person,
        "scope": event.scope,
        "current": standing.holds(event),
        "grounds": event.grounds,
        "rationale": event.rationale,
        "decider": event.decider,
        "dissenting_view": event.dissenting_view,
        "risk_of_sharing": event.risk_of_sharing,
        **(_informing(told) if told else {}),
    }


@_columns.register
def _(event: PersonInformed, standing: _Standing) -> dict[str, Any]:
    return {
        "kind": SharingKind.INFORMED,
        "person": event.person,
        "about": event.about,
        "how": event.method,
        **_informing(event),
    }


def _informing(event: PersonInformed) -> dict[str, Any]:
    return {
        "informed": event.informed,
        "informed_at": event.occurred_at,
        "not_informed_reason": event.not_informed_reason,
    }


@_columns.register
def _(event: InformationShared, standing: _Standing) -> dict[str, Any]:
    rests_on, rests_on_kind = _basis(event)
    return {
        "kind": SharingKind.SHARED,
        "agency": event.recipient.agency,
        "agency_role": event.recipient.role,
        "items": event.items,
        "item_count": len(event.items),
        "legal_basis": event.legal_basis,
        "rests_on": rests_on,
        "rests_on_kind": rests_on_kind,
        "method": event.method,
        "request_id": event.request_id,
        "sealed_items": event.sealed_items,
        "released_by": event.released_by,
    }


def _basis(event: InformationShared) -> tuple[UUID | None, SharingKind | None]:
    if event.consent_ref is not None:
        return event.consent_ref.event_id, SharingKind.CONSENT
    if event.override_ref is not None:
        return event.override_ref.event_id, SharingKind.OVERRIDE
    return None, None


@_columns.register
def _(event: InformationReceived, standing: _Standing) -> dict[str, Any]:
    return {
        "kind": SharingKind.RECEIVED,
        "agency": event.from_agency,
        "agency_role": event.from_role,
        "topic": event.topic,
        "new_to_us": event.new_to_us,
        "onward_sharing": event.onward_sharing,
        "method": event.method,
        "request_id": event.request_id,
    }


@_columns.register
def _(event: AdviceSought, standing: _Standing) -> dict[str, Any]:
    return {
        "kind": SharingKind.ADVICE,
        "person": event.person,
        "agency": event.from_agency,
        "identities_disclosed": event.identities_disclosed,
        "question": event.question,
        "advice": event.advice,
        "refer_advised": event.refer_advised,
    }
