"""Whom to turn to at each local authority, and at its partners, for which referrals."""

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import ConfigDict

from domain.events.authorities import AuthorityContactEnded, AuthorityContactRecorded
from domain.latest import supersedes
from domain.personal import NotPersonal
from domain.streams import AUTHORITIES
from domain.vocabulary.referral import ReferralRoute
from projections.event_row import in_case
from projections.personal_columns import Authority, Identity, Organisation, Place, Post, Reference
from projections.read_model import ReadModel, Row


class AuthorityContactRow(Row):
    """One contact; it stays listed once it is no longer to be used."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "contact_id"

    contact_id: Reference[str]
    """The contact's reference."""
    authority: Authority[str]
    """The local authority, or the one in whose area it is."""
    organisation: Organisation[str]
    """The organisation to turn to."""
    role: Post[str]
    """The post or desk there."""
    route: ReferralRoute
    """For which referrals."""
    name: Identity[str | None]
    """Who holds the post, where that was said."""
    phone: Place[str | None]
    """By which telephone number."""
    email: Place[str | None]
    """At which address."""
    hours: Annotated[str | None, NotPersonal("an office's hours")]
    """When somebody is there."""
    recorded_on: datetime
    """Since when it has been known to the landlord."""
    ended_at: datetime | None = None
    """Since when it is no longer to be used; None while it is."""


authority_contacts = ReadModel("authority_contacts", 1, AuthorityContactRow, streams=AUTHORITIES)


def _its_contact(event: AuthorityContactRecorded | AuthorityContactEnded) -> tuple[str, ...]:
    return (event.contact_id,)


@authority_contacts.on(AuthorityContactRecorded, keys=_its_contact)
def _recorded(
    row: AuthorityContactRow | None, event: AuthorityContactRecorded, key: str
) -> AuthorityContactRow:
    return AuthorityContactRow(
        **in_case(event),
        contact_id=key,
        authority=event.case_ref.partition(":")[2],
        organisation=event.organisation,
        role=event.role,
        route=event.route,
        name=event.name,
        phone=event.phone,
        email=event.email,
        hours=event.hours,
        recorded_on=event.known_at,
    )


@authority_contacts.on(AuthorityContactEnded, keys=_its_contact)
def _ended(
    row: AuthorityContactRow | None, event: AuthorityContactEnded, key: str
) -> AuthorityContactRow | None:
    if row is None or not supersedes(event, row.ended_at):
        return row
    return row.model_copy(update={"ended_at": event.occurred_at})
