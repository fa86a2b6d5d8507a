"""What the landlord tells of each local authority, on files that outlive every case."""

from datetime import datetime, timedelta

from domain.events.authorities import (
    AuthorityContactEnded,
    AuthorityContactRecorded,
    FeedbackAgreementMade,
    ForumMeetingAttended,
    ForumSeatEnded,
    ForumSeatRecorded,
    ThresholdPolicyAdopted,
)
from domain.events.challenge import BarrierEncountered
from domain.events.plan import ActionAgreed, ActionCompleted
from domain.streams import StreamKind
from domain.vocabulary.challenge import BarrierCode
from domain.vocabulary.meetings import Forum
from domain.vocabulary.organisation import SeatBasis, ThresholdMode
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.referral import ChaseMethod, ReferralRoute
from services.simulation.dice import Dice
from services.simulation.telling import Telling
from services.simulation.world import AUTHORITIES, LANDLORD, LEAD, MANAGER, Authority

_QUARTER_DAYS = 44
"""Working days of a quarter, less those on which forums meet."""


def authority_file(seed: int, authority: Authority, start: datetime, until: datetime) -> Telling:
    """Tell the file of an authority."""
    stream = f"{StreamKind.AUTHORITY}:{authority.code}"
    name = f"{seed}-{authority.code}"
    file = Telling(Dice(seed, stream), name, stream, start + timedelta(hours=3))
    file.soon()
    _footing(file, authority)
    forums = [_seat(file) for _ in range(3)]
    if file.chance(0.5) or authority is AUTHORITIES[0]:
        file.tell(ForumSeatEnded, LEAD, forum_id=forums.pop(), reason="Merged into another.")
    while file.now < until:
        for forum in forums:
            file.wait(2, 8)
            _forum_met(file, forum)
        _taken_up(file, authority)
        file.wait(_QUARTER_DAYS)
    return file


def _footing(file: Telling, authority: Authority) -> None:
    dice = file.dice
    for version in (1, 2):
        file.tell(
            ThresholdPolicyAdopted,
            LEAD,
            valid_from=file.day(),
            mode=dice.code(ThresholdMode),
            policy_source="Threshold document of the Safeguarding Adults Board",
            policy_version=f"{authority.code}-{file.name}-threshold-{version}",
        )
        file.wait(20, 60)
    file.tell(
        FeedbackAgreementMade,
        LEAD,
        valid_from=file.day(),
        valid_to=file.day(720) if file.chance(0.5) else None,
        who="Duty team manager",
        how=dice.code(ChaseMethod),
        acknowledgement_days=dice.whole(1, 2),
        decision_days=dice.whole(2, 5),
        feedback_days=dice.whole(15, 28),
        agreement_version=f"{file.name}-feedback-1",
    )
    contacts = [_contact(file, authority, route) for route in (ReferralRoute.MASH, None)]
    file.wait(30, 60)
    file.tell(AuthorityContactEnded, LEAD, contact_id=contacts[1], reason="Desk closed.")


def _contact(file: Telling, authority: Authority, route: ReferralRoute | None) -> str:
    contact = file.item("contact")
    file.tell(
        AuthorityContactRecorded,
        LEAD,
        contact_id=contact,
        role="Duty desk",
        organisation=authority.hub,
        route=route or file.dice.code(ReferralRoute),
        hours="Monday to Friday, 9 to 5" if file.chance(0.6) else None,
    )
    return contact


def _seat(file: Telling) -> str:
    forum = file.item("forum")
    file.tell(
        ForumSeatRecorded,
        LEAD,
        forum_id=forum,
        forum=file.dice.code(Forum),
        seat_basis=file.dice.code(SeatBasis),
        representative=file.staff(MANAGER),
    )
    return forum


def _forum_met(file: Telling, forum: str) -> None:
    attended = file.chance(0.7)
    file.tell(
        ForumMeetingAttended,
        LEAD,
        forum_id=forum,
        held_on=file.day(-1),
        attended=attended,
        apologies=not attended and file.chance(0.5),
        papers=file.dice.code(YesNoUnknown),
    )


def _taken_up(file: Telling, authority: Authority) -> None:
    """Take up with the authority what stands in the way, and agree what to do about it."""
    if not file.chance(0.4):
        return
    file.tell(
        BarrierEncountered,
        LEAD,
        code=file.dice.code(BarrierCode),
        agency="adult-social-care",
        narrative="Raised at the quarterly meeting.",
    )
    action = file.item("act")
    file.tell(
        ActionAgreed,
        LEAD,
        action_id=action,
        text="Agree one form for all referrals.",
        kind="policy-review",
        owner_org=file.dice.pick((LANDLORD, authority.name)),
        due=file.day(60),
        safety=False,
        origin="meeting",
    )
    if file.chance(0.7):
        with file.meanwhile():
            file.wait(10, 50)
            file.tell(ActionCompleted, LEAD, action_id=action)
