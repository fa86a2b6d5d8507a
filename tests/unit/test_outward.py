"""Our codes told in the standards of others: all of them considered, none guessed."""

from typing import Any

import pytest

from domain.vocabulary.outward import MAPS, UNMAPPED, OutwardMap, Standard, outward
from domain.vocabulary.outward.base import OutwardList
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.risk import VisitControl
from domain.vocabulary.safeguarding import AbuseType, Classification, IncidentKind, SourceOfRisk
from services.reference.in_use import coded_lists

HONESTLY_UNKNOWN = {"unknown", "unclassified", "not-known"}
"""Codes that say that nothing is known."""

SAYS_SO_TOO = ("don't know", "not known", "not recorded")
"""Begins a name of theirs that says the same."""


def named(found: OutwardMap[Any]) -> str:
    return f"{found.ours.__name__} in {found.theirs.name}"


@pytest.mark.parametrize("found", MAPS, ids=named)
class TestEachMap:
    def test_speaks_of_every_code_of_our_list(self, found: OutwardMap[Any]) -> None:
        assert found.left_out() == []
        assert all(isinstance(code, found.ours) for code in found.codes)

    def test_uses_codes_of_their_closed_list_only(self, found: OutwardMap[Any]) -> None:
        assert found.not_theirs() == []

    def test_has_something_to_say(self, found: OutwardMap[Any]) -> None:
        assert any(found.codes.values())

    def test_leaves_unknown_unknown(self, found: OutwardMap[Any]) -> None:
        for code in found.ours:
            if code in HONESTLY_UNKNOWN:
                theirs = found.codes[code]
                name = found.theirs.codes[theirs].lower() if theirs else SAYS_SO_TOO[0]
                assert name.startswith(SAYS_SO_TOO), code

    def test_is_of_a_list_that_events_use(self, found: OutwardMap[Any]) -> None:
        assert found.ours in coded_lists()

    def test_names_version_and_source(self, found: OutwardMap[Any]) -> None:
        assert found.theirs.version
        assert found.theirs.source


def test_a_list_has_one_map_to_a_standard() -> None:
    told = [(each.ours, each.theirs.standard) for each in MAPS]
    assert len(set(told)) == len(told)


def test_every_standard_is_told_in() -> None:
    assert {each.theirs.standard for each in MAPS} == set(Standard)


@pytest.mark.parametrize(
    ("code", "standard", "expected"),
    [
        (AbuseType.SEXUAL, Standard.SAC, "SG2a Sexual Abuse"),
        (AbuseType.SEXUAL_EXPLOITATION, Standard.SAC, "SG2a Sexual Exploitation"),
        (SourceOfRisk.PARTNER, Standard.SAC, "SG2b Other - Known to individual"),
        (SourceOfRisk.CARER, Standard.SAC, None),
        (SourceOfRisk.UNKNOWN, Standard.SAC, None),
        (VisitControl.NO_LONE_VISITS, Standard.HACT, "10"),
        (VisitControl.GENDER, Standard.HACT, "50"),
        (Classification.ASB, Standard.TSM, "NM01 (1)"),
        (Classification.UNCLASSIFIED, Standard.TSM, None),
        (IncidentKind.HATE_INCIDENT, Standard.TSM, "NM01 (2)"),
        (AbuseType.PHYSICAL, Standard.HACT, None),
        (YesNoUnknown.UNKNOWN, Standard.SAC, None),
    ],
)
def test_a_code_is_told_or_not(code: Any, standard: Standard, expected: str | None) -> None:
    assert outward(code, standard) == expected


class TestTheChecksThemselves:
    LIST = OutwardList(Standard.TSM, "Answers", "1", "this test", {"Y": "Yes", "N": "No"})

    def test_notice_a_code_that_was_forgotten(self) -> None:
        told = {YesNoUnknown.YES: "Y", YesNoUnknown.UNKNOWN: UNMAPPED}
        assert OutwardMap(YesNoUnknown, self.LIST, told).left_out() == [YesNoUnknown.NO]

    def test_notice_a_code_that_the_standard_does_not_have(self) -> None:
        told = {YesNoUnknown.YES: "Y", YesNoUnknown.NO: "X", YesNoUnknown.UNKNOWN: UNMAPPED}
        assert OutwardMap(YesNoUnknown, self.LIST, told).not_theirs() == ["X"]
