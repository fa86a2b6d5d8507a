"""The page of access says what the table of rules says, and is of one piece."""

import re

import pytest

from domain.access import PERMITS, RULES, Action, Permit, Role, Rule
from domain.vocabulary.coded import CodedList
from domain.vocabulary.record import PersonalClass
from services.reference import access_reference

PAGE = access_reference()


def section(name: str) -> str:
    found = re.search(rf"^### {name}\n(.*?)(?=^##|\Z)", PAGE, re.S | re.M)
    assert found is not None, name
    return found[1]


def cell(permit: Permit, term: str) -> set[str]:
    found = re.search(rf"^\| {term} \| (.*) \|$", section(permit.id), re.M)
    return set(found[1].split("; ")) if found else set()


def labels(values: frozenset[CodedList]) -> set[str]:
    return {each.label.lower() for each in values}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_it_has_every_rule_with_why_and_source(rule: Rule) -> None:
    assert f"\n{rule.why}\n" in section(rule.id)
    assert f"Source: {rule.source}.\n" in section(rule.id)


@pytest.mark.parametrize("permit", PERMITS, ids=lambda permit: permit.id)
def test_it_has_the_terms_of_every_permit(permit: Permit) -> None:
    assert cell(permit, "who") == labels(permit.roles)
    assert cell(permit, "to") == labels(permit.actions)
    assert cell(permit, "who asks says") == ({"what it is for"} if permit.needs_purpose else set())
    assert cell(permit, "is shown") | cell(permit, "may be revealed") == labels(permit.shows)
    assert cell(permit, "duties") == labels(permit.duties)


def test_it_names_a_fact_where_not_every_value_of_it_will_do() -> None:
    of_id = {permit.id: permit for permit in PERMITS}
    assert cell(of_id["officer-read"], "where the case is") == {
        "allocated to the person",
        "allocated to their team",
    }
    assert cell(of_id["reviewer-read"], "where for a review it is") == {"granted"}
    assert cell(of_id["glass-read"], "where the glass is")
    for term in ("where the case is", "where for a review it is", "where the glass is"):
        assert cell(of_id["privacy-read"], term) == set()


def test_its_first_table_leads_from_every_action_to_its_permits() -> None:
    for action in Action:
        row = re.search(rf"^\| {re.escape(action.label)} \| (.*) \|$", PAGE, re.M)
        assert row is not None
        named = re.findall(r"\]\(#([a-z-]+)\)", row[1])
        assert named == [permit.id for permit in PERMITS if action in permit.actions]


def test_its_links_lead_to_one_heading_each() -> None:
    headings = [heading.lower() for heading in re.findall(r"^##+ (.*)$", PAGE, re.M)]
    anchors = re.findall(r"\]\(#([^)]*)\)", PAGE)
    assert anchors
    assert [anchor for anchor in anchors if headings.count(anchor) != 1] == []


def test_labels_do_not_look_like_several() -> None:
    for codes in (Role, Action, PersonalClass):
        assert not any(";" in code.label for code in codes)
