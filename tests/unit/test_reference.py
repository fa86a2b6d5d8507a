"""The reference of events says what the code says."""

import re
from pathlib import Path

import pytest

from adapters.wire import Refusal, decode
from domain.events.envelope import ENVELOPE_FIELDS, CaseEvent
from domain.events.lifecycle import IncidentReported
from domain.events.registry import EVENT_TYPES
from services.reference import ENVELOPE_MEMBERS, reference
from tests.support.messages import RECEIVED, body, example, with_data

PAGE = Path(__file__).parents[2] / "docs" / "events.md"
TEXT = reference()


def section(name: str) -> str:
    found = re.search(rf"^##+ {name}\n(.*?)(?=^##|\Z)", TEXT, re.S | re.M)
    assert found is not None, name
    return found[1]


def test_the_page_is_as_the_code_makes_it() -> None:
    assert PAGE.read_text() == TEXT, "make it anew: python -m services.reference > docs/events.md"


def test_event_types_come_in_the_order_of_the_catalogue() -> None:
    headings = re.findall(r"^## (\w+)$", TEXT, re.M)
    assert headings == list(EVENT_TYPES)


@pytest.mark.parametrize("event_type", EVENT_TYPES.values())
def test_every_field_of_an_event_is_listed_as_on_the_wire(event_type: type[CaseEvent]) -> None:
    listed = re.findall(r"^\| `(\w+)` \|", section(event_type.__name__), re.M)
    fields = event_type.model_fields.items()
    assert listed == [field.alias or name for name, field in fields if name not in ENVELOPE_FIELDS]


@pytest.mark.parametrize("name", sorted(ENVELOPE_FIELDS))
def test_of_the_envelope_data_holds_what_is_listed(name: str) -> None:
    sent = with_data(example(IncidentReported), **{name: {"no": "value"}})
    with pytest.raises(Refusal) as caught:
        decode(body(sent), received_at=RECEIVED)
    assert ("belongs to the envelope" in caught.value.detail) == (name not in ENVELOPE_MEMBERS)


def test_links_within_the_page_lead_to_one_heading_each() -> None:
    headings = [heading.lower() for heading in re.findall(r"^##+ (.*)$", TEXT, re.M)]
    assert len(set(headings)) == len(headings)
    targets = set(re.findall(r"\]\(#([^)]*)\)", TEXT))
    assert targets
    assert targets <= set(headings)


def test_personal_data_is_marked() -> None:
    assert re.search(r"^\| `name` .*\| identity \|$", section("PersonInvolved"), re.M)
    assert re.search(r"^\| `reporter` .*\| reporter \|$", section("ConcernRaised"), re.M)
    assert re.search(r"^\| `kind` .*\|  \|$", section("IncidentReported"), re.M)


def test_what_is_required_and_what_stands_for_what_is_left_out() -> None:
    concern = section("ConcernRaised")
    assert "| `verbatim_account` | yes |" in concern
    assert "| `low_level` | no (`false`) |" in concern
    assert "| `person_aware` | no (`unknown`) |" in concern
    assert "| `from` | yes | code of [Classification](#classification) |" in section("Reclassified")
