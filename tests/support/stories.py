"""Tells cases tersely, and says what a read model makes of them.

    given(
        incident_reported("2024-03-01", category="asb"),
        reclassified("2024-03-12", from_="asb", to="adult"),
    ).when_seen(known_on="2024-03-05").then(case_state).has(classification="asb")

Every event has sensible defaults. It happens a day after the one before was recorded unless told
otherwise, is known when it happens, and is recorded when it is known or after what was recorded
before. Its name is `ref`, or else `e-` and its place in the case.
"""

from domain.events.envelope import CaseEvent

# The tellers of each group, and what a test of a case needs beside them.
from tests.support.tellers.access import *
from tests.support.tellers.authorities import *
from tests.support.tellers.challenge import *
from tests.support.tellers.consent import *
from tests.support.tellers.contact import *
from tests.support.tellers.enforcement import *
from tests.support.tellers.enquiries import *
from tests.support.tellers.housing import *
from tests.support.tellers.integrity import *
from tests.support.tellers.lifecycle import *
from tests.support.tellers.meetings import *
from tests.support.tellers.organisation import *
from tests.support.tellers.people import *
from tests.support.tellers.permissions import *
from tests.support.tellers.plan import *
from tests.support.tellers.protection import *
from tests.support.tellers.referrals import *
from tests.support.tellers.reviews import *
from tests.support.tellers.rights import *
from tests.support.tellers.risk import *
from tests.support.tellers.sharing import *
from tests.support.tellers.support import *
from tests.support.tellers.voice import *
from tests.support.telling import *
from tests.support.viewing import given as given

TELLERS: dict[type[CaseEvent], Teller] = {
    told.event_type: told for told in list(globals().values()) if isinstance(told, Teller)
}
"""How to tell an event of each type."""
