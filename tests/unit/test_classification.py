"""What a case is treated as to begin with."""

import pytest

from domain.classification import first_classification
from domain.events.lifecycle import CaseOpened, ConcernRaised, IncidentReported
from domain.vocabulary.safeguarding import Classification, Strand
from tests.support.stories import Told, case_opened, concern_raised, incident_reported, tell


@pytest.mark.parametrize(
    ("opening", "classification"),
    [
        (incident_reported(category="asb"), "asb"),
        (incident_reported(category=None), "unclassified"),
        (concern_raised(strands=("child",)), "child"),
        (concern_raised(strands=("child", "child")), "child"),
        (concern_raised(strands=("adult", "hoarding")), "safeguarding"),
        (concern_raised(strands=()), "safeguarding"),
        (case_opened(initial_classification="hoarding"), "hoarding"),
    ],
)
def test_follows_from_what_opens_it(opening: Told, classification: str) -> None:
    (event,) = tell(opening)
    assert isinstance(event, IncidentReported | ConcernRaised | CaseOpened)
    assert first_classification(event) == classification


@pytest.mark.parametrize("strand", list(Strand))
def test_every_strand_is_a_classification(strand: Strand) -> None:
    (event,) = tell(concern_raised(strands=(strand,)))
    assert isinstance(event, ConcernRaised)
    assert first_classification(event).value == strand.value


def test_all_but_three_are_safeguarding() -> None:
    others = {"asb", "welfare", "unclassified"}
    assert {each.value for each in Classification if not each.is_safeguarding} == others
