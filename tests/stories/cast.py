"""Who tells the stories, and in which systems: a landlord, and those it works with."""

from tests.support.telling import Fields

Actor = dict[str, str]

REPAIRS = "urn:magnolia:repairs"
CONTACT_CENTRE = "urn:magnolia:contact-centre"
HOUSING = "urn:magnolia:housing"
LETTINGS = "urn:magnolia:lettings"
SAFEGUARDING = "urn:magnolia:safeguarding"

HEALTH: Fields = {"sensitivity": "restricted"}
"""What is said of health, care needs or capacity is not for everyone on the case."""


def at_the_landlord(staff: str, role: str) -> Actor:
    """Someone who works for the landlord."""
    return {"id": f"staff:{staff}", "role": role, "organisation": "Magnolia Homes"}


def at_a_partner(ref: str, role: str, organisation: str) -> Actor:
    """Someone who works for an organisation beside the landlord."""
    return {"id": ref, "role": role, "organisation": organisation}


def at_a_contractor(ref: str, role: str, organisation: str) -> Actor:
    """Someone who works for the landlord by contract."""
    return {
        "id": f"contractor:{ref}",
        "role": role,
        "organisation": organisation,
        "kind": "contractor",
    }


ADVISER = at_the_landlord("cc-21", "Contact centre adviser")
OFFICER = at_the_landlord("ho-31", "Housing officer")
LETTINGS_OFFICER = at_the_landlord("let-05", "Lettings officer")
LEAD = at_the_landlord("sg-07", "Designated safeguarding lead")
MANAGER = at_the_landlord("mg-02", "Head of customer and community support")
