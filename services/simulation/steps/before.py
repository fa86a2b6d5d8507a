"""What was on the file of a person or a home before there was a case; linked once there is."""

from datetime import timedelta

from domain.events.contact import ContactMade
from domain.events.lifecycle import IncidentReported
from domain.events.people import VulnerabilityRecorded
from domain.vocabulary.lifecycle import CaseRelation
from domain.vocabulary.record import Sensitivity
from domain.vocabulary.safeguarding import IncidentKind
from domain.vocabulary.vulnerability import VulnerabilityType
from services.simulation.case import Case
from services.simulation.steps.homes import hazard
from services.simulation.steps.records import linked
from services.simulation.world import CALLS, HOUSING, REPAIRS


def earlier(case: Case, days: int) -> None:
    """Tell what went before on the files; the case itself begins so many `days` later."""
    begins = case.now + timedelta(days=days)
    case.soon()
    if case.chance(0.6):
        _on_the_file_of_the_home(case)
    if case.chance(0.7):
        _on_the_file_of_the_person(case)
    case.now = max(case.now, begins)
    case.soon()


def found_on_file(case: Case) -> None:
    """Link the case to the files of the person and the home."""
    for stream in sorted({entry.message["subject"] for entry in case.entries}):
        if stream.startswith(("person:", "property:")):
            linked(case, stream, CaseRelation.HISTORY)


def _on_the_file_of_the_home(case: Case) -> None:
    for _ in range(case.dice.whole(1, 3)):
        case.tell(
            IncidentReported,
            CALLS,
            stream=case.home.ref,
            place=case.home.ref,
            kind=case.dice.code(IncidentKind),
            account="Banging at night, not for the first time.",
        )
        case.wait(1, 6)
    if case.chance(0.4):
        stream, case.stream = case.stream, case.home.ref
        hazard(case)
        case.stream = stream


def _on_the_file_of_the_person(case: Case) -> None:
    case.tell(
        ContactMade,
        case.dice.pick((HOUSING, REPAIRS)),
        stream=case.person,
        person=case.person,
        mode="home-visit",
        seen="yes",
        observations="Tired, and slow to come to the door.",
    )
    if case.chance(0.5):
        case.tell(
            VulnerabilityRecorded,
            HOUSING,
            stream=case.person,
            secrecy=Sensitivity.RESTRICTED,
            person=case.person,
            vulnerability_type=case.dice.code(VulnerabilityType),
            since=case.day(-200),
            information_source="Housing officer",
        )
