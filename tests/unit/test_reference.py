"""The reference says what the code says: pages of events and codes, schemas, channels."""

import re
from pathlib import Path

import pytest

from adapters.wire import Refusal, decode
from domain.events.envelope import ENVELOPE_FIELDS, CaseEvent
from domain.events.lifecycle import IncidentReported
from domain.events.registry import EVENT_TYPES, current_schema_version
from domain.rules.catalogue import RULES
from domain.rules.rule import Rule
from domain.vocabulary.coded import CodedList
from domain.vocabulary.outward import MAPS
from services.reference import ENVELOPE_MEMBERS, documents
from services.reference.in_use import coded_lists
from tests.support.messages import RECEIVED, body, example, with_data

DOCS = Path(__file__).parents[2] / "docs"
MADE = documents()
EVENTS = MADE["events.md"]
CODES = MADE["codes.md"]
RULE_PAGE = MADE["rules.md"]


def section(page: str, name: str) -> str:
    found = re.search(rf"^##+ {name}\n(.*?)(?=^##|\Z)", page, re.S | re.M)
    assert found is not None, name
    return found[1]


@pytest.mark.parametrize("path", MADE)
def test_a_document_is_as_the_code_makes_it(path: str) -> None:
    written = DOCS / path
    assert written.exists(), "make it: make docs"
    assert written.read_text() == MADE[path], "make it anew: make docs"


def test_a_schema_is_kept_as_long_as_its_event_type_and_version() -> None:
    versions = {name: current_schema_version(event) for name, event in EVENT_TYPES.items()}
    for path in (DOCS / "schemas").iterdir():
        name, version, _ = path.name.split(".")
        latest = {**versions, "FlagRaised": 1}.get(name, 0)
        assert 1 <= int(version.removeprefix("v")) <= latest, f"{path.name} is of no event type"


class TestThePageOfEvents:
    def test_has_the_types_in_the_order_of_the_catalogue(self) -> None:
        headings = re.findall(r"^## (\w+)$", EVENTS, re.M)
        assert headings == list(EVENT_TYPES)

    @pytest.mark.parametrize("event_type", EVENT_TYPES.values())
    def test_lists_every_field_as_on_the_wire(self, event_type: type[CaseEvent]) -> None:
        listed = re.findall(r"^\| `(\w+)` \|", section(EVENTS, event_type.__name__), re.M)
        fields = event_type.model_fields.items()
        own = [field.alias or name for name, field in fields if name not in ENVELOPE_FIELDS]
        assert listed == own

    @pytest.mark.parametrize("name", sorted(ENVELOPE_FIELDS))
    def test_lists_of_the_envelope_what_data_holds(self, name: str) -> None:
        sent = with_data(example(IncidentReported), **{name: {"no": "value"}})
        with pytest.raises(Refusal) as caught:
            decode(body(sent), received_at=RECEIVED)
        assert ("belongs to the envelope" in caught.value.detail) == (name not in ENVELOPE_MEMBERS)

    def test_marks_personal_data(self) -> None:
        assert re.search(r"^\| `name` .*\| identity \|$", section(EVENTS, "PersonInvolved"), re.M)
        concern = section(EVENTS, "ConcernRaised")
        assert re.search(r"^\| `reporter` .*\| reporter \|$", concern, re.M)
        assert re.search(r"^\| `kind` .*\|  \|$", section(EVENTS, "IncidentReported"), re.M)

    def test_says_what_is_required_and_what_stands_for_what_is_left_out(self) -> None:
        concern = section(EVENTS, "ConcernRaised")
        assert "| `verbatim_account` | yes |" in concern
        assert "| `low_level` | no (`false`) |" in concern
        assert "| `person_aware` | no (`unknown`) |" in concern
        classified = "| `from` | yes | code of [Classification](codes.md#classification) |"
        assert classified in section(EVENTS, "Reclassified")

    def test_says_what_an_event_builds_on(self) -> None:
        assert "Begins what `action_id` names." in section(EVENTS, "ActionAgreed")
        building = "Builds on the [ActionAgreed](#actionagreed) with the same `action_id`."
        assert building in section(EVENTS, "ActionCompleted")

    @pytest.mark.parametrize("event_type", EVENT_TYPES.values())
    def test_says_what_only_this_service_records(self, event_type: type[CaseEvent]) -> None:
        told = "Only this service records it." in section(EVENTS, event_type.__name__)
        assert told is event_type.BY_SERVICE


class TestThePageOfCodes:
    @pytest.mark.parametrize("codes", coded_lists())
    def test_has_every_code_with_its_label_and_source(self, codes: type[CodedList]) -> None:
        told = section(CODES, codes.__name__)
        assert f"Source: {codes.source}." in told
        listed = re.findall(r"^\| `([a-z0-9-]+)` \| (.*?) \|", told, re.M)
        assert listed == [(code.value, code.label) for code in codes]

    def test_has_what_a_code_is_called_elsewhere(self) -> None:
        sources = section(CODES, "SourceOfRisk")
        assert "| `partner` | Partner | `SG2b Other - Known to individual` |" in sources
        assert "| `unknown` | Not known | no counterpart |" in sources

    def test_names_version_and_source_of_every_standard(self) -> None:
        for each in MAPS:
            told = section(CODES, re.escape(each.theirs.name))
            assert f"Version: {each.theirs.version}. Source: {each.theirs.source}." in told


class TestThePageOfRules:
    @pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
    def test_has_every_rule_with_its_defaults_source_and_what_clears_it(self, rule: Rule) -> None:
        told = section(RULE_PAGE, rule.id)
        assert f"\n{rule.title}.\n" in told
        assert f"Clears: {rule.clears}.\n" in told
        assert f"Source: {rule.source}.\n" in told
        listed = re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", told, re.M)
        assert {name: int(value.replace(",", "")) for name, value in listed} == rule.parameters

    def test_lists_them_in_the_order_of_their_numbers(self) -> None:
        assert re.findall(r"^## (R\d+)$", RULE_PAGE, re.M) == list(RULES)
        assert re.findall(r"^\| \[(R\d+)\]", RULE_PAGE, re.M) == list(RULES)

    def test_tells_parameters_in_words(self) -> None:
        assert "| `immediate_danger_hours` | 1 | immediate danger: 1 hour |" in RULE_PAGE
        assert "| `decision_working_days` | 2 | decision: 2 working days |" in RULE_PAGE


@pytest.mark.parametrize("name", ["events.md", "codes.md", "rules.md"])
def test_links_lead_to_one_heading_each(name: str) -> None:
    def headings(page: str) -> list[str]:
        found = re.findall(r"^##+ (.*)$", MADE[page], re.M)
        return [heading.lower().replace(" ", "-") for heading in found]

    targets = re.findall(r"\]\(((?:events|codes|rules)\.md)?#([^)]*)\)", MADE[name])
    assert targets
    for page, anchor in targets:
        assert headings(page or name).count(anchor) == 1, anchor
