"""What is in force: the times that rules allow, what changed them, policies and agreements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from domain.access import Action
from domain.events.organisation import RuleOverridden
from domain.organisation import newest
from domain.rules.catalogue import RULES
from domain.rules.policy import Override, Policy
from domain.rules.rule import Rule
from projections.authorities import AgreementRow, authority_agreements
from projections.organisation import PolicyRow, policy_calendar
from services.access import Asking
from services.api.context import InContext
from services.web.admin.area import POLICIES, admin_page
from services.web.admin.granted import LANDLORD_FILE, form_at
from services.web.signing_in import SignedIn, person_signed_in
from services.web.signing_in.navigation import may_sometimes
from services.wording import quantity

router = APIRouter(prefix="/admin/policies")

_MOST = 500


@dataclass(frozen=True, slots=True)
class InForce:
    """A rule, with the times that it allows now."""

    rule: Rule
    times: Sequence[tuple[str, str | None]]
    """In words: what is allowed, and what would be by default where that is something else."""
    change: str
    """Where it is given other times."""

    @property
    def is_changed(self) -> bool:
        """Whether an event set something else than the default."""
        return any(by_default for _, by_default in self.times)


@dataclass(frozen=True, slots=True)
class Change:
    """Something set other times for a rule, or took that back."""

    override: Override
    title: str
    times: Sequence[str]
    state: str
    """Whether it counts now."""

    @property
    def withdraw(self) -> str | None:
        """Where the rule gets its own times again, on the file that gave it others; None where
        that is not what was recorded, or nothing would come of it."""
        ruling = self.override.ruling
        if self.state not in ("Counts", "Not yet") or not isinstance(ruling, RuleOverridden):
            return None
        return form_at(ruling.case_ref, "RuleOverrideWithdrawn", rule=self.override.rule)


@router.get("")
def show_policies(
    request: Request, context: InContext, visitor: SignedIn, authority: str = ""
) -> HTMLResponse:
    """Show what is in force at large, or for one local authority, and how it came to be."""
    context.gate.allow(visitor, Asking(action=Action.READ_DIRECTORY))
    now, policy = context.clock(), context.review.policy()
    agreements = context.read_store.every_row(authority_agreements, limit=_MOST)
    authorities = sorted(_authorities(policy, agreements))
    chosen = authority if authority in authorities else None
    shown = [each for each in policy.overrides if each.authority in (None, chosen)]
    return admin_page(
        request,
        "policies.html",
        POLICIES,
        title="Policies and times",
        rules=[_in_force(rule, policy, chosen, now) for rule in RULES.values()],
        history=[_change(each, shown, now) for each in reversed(shown)],
        elsewhere=0 if chosen else len(policy.overrides) - len(shown),
        policies=context.read_store.every_row(policy_calendar, limit=_MOST),
        agreements=[each for each in agreements if each.authority == chosen],
        authorities=authorities,
        authority=chosen,
        today=now.date(),
        may_set=may_sometimes(person_signed_in(request).roles, Action.SET_POLICY),
        review=_review,
    )


def _review(policy: PolicyRow) -> str:
    return form_at(policy.case_ref, "PolicyReviewed", policy_id=policy.policy_id)


def _authorities(policy: Policy, agreements: Sequence[AgreementRow]) -> set[str]:
    return {each.authority for each in policy.overrides if each.authority} | {
        each.authority for each in agreements
    }


def _in_force(rule: Rule, policy: Policy, authority: str | None, now: datetime) -> InForce:
    found, default = policy.parameters(rule, authority, now).parameters, rule.parameters
    return InForce(
        rule,
        [
            (
                quantity(name, value),
                None if value == default.get(name, value) else quantity(name, default[name]),
            )
            for name, value in found.items()
        ],
        form_at(
            f"authority:{authority}" if authority else LANDLORD_FILE, "RuleOverridden", rule=rule.id
        ),
    )


def _change(override: Override, among: Sequence[Override], now: datetime) -> Change:
    return Change(
        override,
        RULES[override.rule].title if override.rule in RULES else override.rule,
        [quantity(*each) for each in override.parameters.items()],
        _state(override, among, now),
    )


def _state(override: Override, among: Sequence[Override], now: datetime) -> str:
    if not override.ruling.in_force_at(now):
        return "Not yet" if override.ruling.in_force_from > now else "Over"
    later = (
        each
        for each in among
        if (each.rule, each.authority) == (override.rule, override.authority)
        and each.ruling.in_force_at(now)
        and newest(each.ruling) > newest(override.ruling)
    )
    # One without parameters takes all earlier ones back.
    replaced = any(
        not each.parameters or each.parameters.keys() >= override.parameters.keys()
        for each in later
    )
    return "Replaced" if replaced else "Counts"
