"""`kpi`: the figures of a period, and the cases behind each."""

import pytest

from services.cli.answers import Kpi, KpiCases
from tests.support.command_line import CommandLine

CASE = "asb:2024-0117"


def asked(cli: CommandLine, *options: str) -> Kpi:
    return Kpi.model_validate_json(cli.ok("kpi", *options, "--json").out)


@pytest.mark.parametrize(
    ("options", "period", "first", "last"),
    [
        (["--month", "2024-02"], "month", "2024-02-01", "2024-02-29"),
        (["--month", "2023-12"], "month", "2023-12-01", "2023-12-31"),
        (["--quarter", "2024-q4"], "quarter", "2024-10-01", "2024-12-31"),
        (["--quarter", "2024-Q1"], "quarter", "2024-01-01", "2024-03-31"),
        (["--year", "2024"], "year", "2024-01-01", "2024-12-31"),
        (["--financial-year", "2023"], "financial-year", "2023-04-01", "2024-03-31"),
    ],
)
def test_a_period_has_its_first_and_last_day(
    example: CommandLine, options: list[str], period: str, first: str, last: str
) -> None:
    answer = asked(example, *options)
    told = (answer.period, answer.starts_on.isoformat(), answer.ends_on.isoformat())
    assert told == (period, first, last)


def test_the_figures_are_those_of_the_period(example: CommandLine) -> None:
    figures = {
        (each.figure, each.dimension): each
        for each in asked(example, "--quarter", "2024-Q1").figures
    }
    assert figures["reclassified_into_safeguarding", ""].value == 1
    assert figures["misbadged_days", ""].value == 6
    assert figures["referrals_sent_by_route", "mash"].value == 1
    before = asked(example, "--quarter", "2023-Q1")
    assert not before.figures
    assert "reclassified_into_safeguarding" in before.without_facts


def test_the_cases_behind_a_figure_are_listed(example: CommandLine) -> None:
    options = ("kpi", "--quarter", "2024-Q1", "--cases", "referrals-sent")
    answer = KpiCases.model_validate_json(example.ok(*options, "--json").out)
    assert [(each.case_ref, each.item) for each in answer.facts] == [
        (CASE, "referral:ref-mash"),
        (CASE, "referral:ref-police"),
    ]
    sent = [
        each
        for each in asked(example, "--quarter", "2024-Q1").figures
        if each.figure == "referrals_sent"
    ]
    assert sum(each.value or 0 for each in sent) == len(answer.facts)
    shown = example.ok(*options).out
    assert "Referrals sent  2 facts" in shown
    assert "referral:ref-police" in shown


def test_the_cases_behind_a_stock_are_those_that_count_at_its_end(example: CommandLine) -> None:
    for month, open_cases in (("2024-02", 0), ("2024-03", 1), ("2024-06", 1)):
        options = ("kpi", "--month", month, "--cases", "open_cases", "--json")
        assert len(KpiCases.model_validate_json(example.ok(*options).out).facts) == open_cases


def test_a_figure_that_is_split_lists_its_parts(example: CommandLine) -> None:
    shown = example.ok("kpi", "--quarter", "2024-Q1").out
    assert "Quarter from 1 January 2024 to 31 March 2024" in shown
    assert "\n  Police, crime report " in shown
    assert "50 % of 2" in shown
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_without_a_period_this_month_is_shown(example: CommandLine) -> None:
    answer = asked(example)
    assert answer.period == "month"
    assert answer.starts_on.day == 1
    assert "under way" in example.ok("kpi").out


def test_figures_can_be_asked_for_one_authority(example: CommandLine) -> None:
    answer = asked(example, "--year", "2024", "--authority", "E09000001")
    assert (answer.authority, list(answer.figures)) == ("E09000001", [])
    told = example.ok("kpi", "--year", "2024", "--authority", "E09000001")
    assert "Nothing was counted in this period." in told.err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--month", "2024-13"], "'2024-13' is not a month written like 2026-10"),
        (["--quarter", "2024-Q5"], "'2024-Q5' is not a quarter written like 2026-Q3"),
        (["--year", "last"], "'last' is not a year written like 2026"),
        (["--year", "2024", "--month", "2024-01"], "Give one of --month, --quarter, --year"),
        (["--year", "9000"], "That year lies in the future."),
        (["--cases", "beans"], "There is no figure beans; there are new_cases, "),
    ],
)
def test_what_cannot_be_asked_for_is_said_in_a_sentence(
    example: CommandLine, options: list[str], sentence: str
) -> None:
    answered = example("kpi", *options)
    assert (answered.code, answered.out) == (2, "")
    assert sentence in answered.sentence
