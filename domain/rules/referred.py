"""A referral as rules read it: when it was last put, and what was heard of it since."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.events.challenge import EscalationRaised
from domain.events.lifecycle import ConcernRaised
from domain.events.referrals import (
    FeedbackChased,
    FeedbackReceived,
    ReferralAcknowledged,
    ReferralDecisionReceived,
    ReferralResubmitted,
    ReferralSent,
    ReferralWithdrawn,
)
from domain.latest import period_end
from domain.rules.history import History
from domain.vocabulary.challenge import EscalationSubject
from domain.vocabulary.people import PersonRole, YesNoUnknown
from domain.vocabulary.referral import FeedbackQuality, ReferralDecision, ReferralRoute
from domain.vocabulary.safeguarding import Classification, Strand

Heard = ReferralAcknowledged | ReferralDecisionReceived | FeedbackReceived
Told = Heard | FeedbackChased | ReferralWithdrawn

SOCIAL_CARE = frozenset(
    {ReferralRoute.ASC_FRONT_DOOR, ReferralRoute.MASH, ReferralRoute.CHILDRENS_SERVICES}
)
"""The doors behind which a council decides whether to make a safeguarding enquiry."""

_SAYS_NOTHING = frozenset({FeedbackQuality.NONE, FeedbackQuality.ACKNOWLEDGEMENT_ONLY})
_DECLINED = frozenset(
    {ReferralDecision.NFA, ReferralDecision.REJECTED, ReferralDecision.SIGNPOSTED}
)


@dataclass(frozen=True, slots=True)
class Referred:
    """A referral that another organisation has, and has not been taken back."""

    sent: ReferralSent
    put: ReferralSent | ReferralResubmitted
    """The last time that it was put to them."""
    heard: tuple[Heard, ...]
    """What they said since, in the order of happening."""
    chases: tuple[FeedbackChased, ...]
    """When they were asked again since."""
    escalations: tuple[EscalationRaised, ...]
    """When it was taken higher since."""
    is_child: bool
    """Whether it puts a child to the council."""

    @property
    def id(self) -> str:
        """Its reference within the case."""
        return self.sent.referral_id

    @property
    def is_acknowledged(self) -> bool:
        """Whether they let it be known that they have it."""
        return any(_acknowledges(each) for each in self.heard)

    @property
    def is_decided(self) -> bool:
        """Whether they said what they decided, or what came of it."""
        return any(_decides(each) for each in self.heard)

    @property
    def is_declined(self) -> bool:
        """Whether the last they decided is to do nothing themselves."""
        made = [each for each in self.heard if isinstance(each, ReferralDecisionReceived)]
        final = [each.decision for each in made if each.decision.is_final]
        return bool(final) and final[-1] in _DECLINED

    @property
    def first_answer(self) -> Heard | None:
        """The first of what they said that decides something."""
        return next((each for each in self.heard if _decides(each)), None)

    @property
    def is_mitigated(self) -> bool:
        """Whether the last they said of it is that the risk was dealt with."""
        feedback = [each for each in self.heard if isinstance(each, FeedbackReceived)]
        said = [each.mitigation_confirmed for each in feedback]
        known = [answer for answer in said if answer is not YesNoUnknown.UNKNOWN]
        return bool(known) and known[-1] is YesNoUnknown.YES


def referrals_of(case: History) -> Iterator[Referred]:
    """Yield the referrals of an open case that went outside and were not taken back."""
    for sent in case.all(ReferralSent) if case.is_open else ():
        about = _About(sent.referral_id)
        again = case.latest(ReferralResubmitted, where=about)
        since = again.occurred_at if again else None
        told = _told(case, about)
        # Whatever is said of a referral was said after it was sent; of what was put again, not so.
        told = [each for each in told if since is None or period_end(each) >= since]
        withdrawn = any(isinstance(each, ReferralWithdrawn) for each in told)
        if withdrawn or sent.route is ReferralRoute.INTERNAL:
            continue
        put = again or sent
        yield Referred(
            sent=sent,
            put=put,
            heard=tuple(each for each in told if isinstance(each, Heard)),
            chases=tuple(each for each in told if isinstance(each, FeedbackChased)),
            escalations=tuple(
                each
                for each in case.after(put.occurred_at, EscalationRaised)
                if _is_over(each, sent.referral_id)
            ),
            is_child=_is_child(case, sent),
        )


@dataclass(frozen=True, slots=True)
class _About:
    referral_id: str

    def __call__(self, event: Told | ReferralResubmitted) -> bool:
        return event.referral_id == self.referral_id


def _told(case: History, about: _About) -> list[Told]:
    told: list[Told] = [
        *case.all(ReferralAcknowledged, where=about),
        *case.all(ReferralDecisionReceived, where=about),
        *case.all(FeedbackReceived, where=about),
        *case.all(FeedbackChased, where=about),
        *case.all(ReferralWithdrawn, where=about),
    ]
    return sorted(told, key=lambda event: (event.occurred_at, event.version))


def _is_over(escalation: EscalationRaised, referral_id: str) -> bool:
    over = escalation.about is not EscalationSubject.MEETING
    return over and escalation.about_ref in (referral_id, None)


def _acknowledges(heard: Heard) -> bool:
    if isinstance(heard, ReferralDecisionReceived):
        return heard.decision is not ReferralDecision.NO_RESPONSE
    return not (isinstance(heard, FeedbackReceived) and heard.quality is FeedbackQuality.NONE)


def _decides(heard: Heard) -> bool:
    if isinstance(heard, ReferralDecisionReceived):
        return heard.decision.is_final
    if isinstance(heard, FeedbackReceived):
        confirms = YesNoUnknown.YES in (heard.risk_assessed_confirmed, heard.mitigation_confirmed)
        return confirms or heard.quality not in _SAYS_NOTHING
    return False


def _is_child(case: History, sent: ReferralSent) -> bool:
    if sent.route is ReferralRoute.CHILDRENS_SERVICES:
        return True
    if sent.route not in SOCIAL_CARE:
        return False
    if sent.subjects:
        return any(subject.role is PersonRole.CHILD_AT_RISK for subject in sent.subjects)
    # It names nobody: what the case is about has to say.
    if case.classification is Classification.CHILD:
        return True
    return case.has(ConcernRaised, where=lambda concern: Strand.CHILD in concern.strands)
