"""Tells events of the group contact."""

from domain.events.contact import ContactAttemptFailed, ContactMade
from tests.support.telling import TENANT, teller

contact_made = teller(ContactMade, person=TENANT, mode="home-visit", seen="yes")
contact_attempt_failed = teller(
    ContactAttemptFailed, person=TENANT, mode="home-visit", reason="no-access"
)
