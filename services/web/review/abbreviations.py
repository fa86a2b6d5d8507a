"""What the abbreviations stand for that are used around cases, in England."""

from collections.abc import Mapping

ABBREVIATIONS: Mapping[str, str] = {
    "ABC": "Acceptable behaviour contract: a written agreement to stop certain behaviour",
    "AMHP": "Approved mental health professional",
    "ASB": "Antisocial behaviour",
    "CMHT": "Community mental health team",
    "CP": "Child protection",
    "CSE": "Child sexual exploitation",
    "CSP": "Community safety partnership",
    "DARDR": "Domestic abuse related death review, which was the domestic homicide review",
    "DASH": "Domestic abuse, stalking and harassment: a checklist of risk",
    "DBS": "Disclosure and Barring Service, which checks criminal records",
    "DHR": "Domestic homicide review, now a domestic abuse related death review",
    "DSL": "Designated safeguarding lead",
    "GP": "General practitioner: a family doctor",
    "HHSRS": "Housing health and safety rating system",
    "IDVA": "Independent domestic violence adviser",
    "IMCA": "Independent mental capacity advocate",
    "LADO": "Local authority designated officer, to whom allegations against those who work with "
    "children go",
    "LeDeR": "Learning from lives and deaths: reviews for people with a learning disability and "
    "autistic people",
    "MAPPA": "Multi-agency public protection arrangements, for managing people who have offended",
    "MARAC": "Multi-agency risk assessment conference, about domestic abuse at high risk",
    "MASH": "Multi-agency safeguarding hub, where referrals to the local authority come in",
    "MCA": "Mental Capacity Act 2005",
    "NHS": "National Health Service",
    "NRPF": "No recourse to public funds",
    "PiPoT": "Person in a position of trust, who works with adults with care and support needs",
    "RSPCA": "Royal Society for the Prevention of Cruelty to Animals",
    "SAB": "Safeguarding adults board",
    "SAR": "Safeguarding adults review, under section 44 of the Care Act 2014",
    "SCR": "Serious case review",
    "UPRN": "Unique property reference number",
}
"""Each by how it is written; every one that a coded list uses is among them."""
