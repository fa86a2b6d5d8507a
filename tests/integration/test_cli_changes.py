"""`case REF --changes-between`, on the example case in a real database."""

import re

import pytest

from services.cli.answers import CaseChanges
from tests.support.command_line import CommandLine

CASE = "asb:2024-0117"


def changes(cli: CommandLine, earlier: str, later: str) -> CaseChanges:
    answered = cli.ok("case", CASE, "--changes-between", earlier, later, "--json")
    return CaseChanges.model_validate_json(answered.out)


def test_what_happened_since_and_what_was_learned_late_are_told_apart(example: CommandLine) -> None:
    answer = changes(example, "2024-03-05", "2024-03-08")
    assert [row.type for row in answer.learned_late] == ["InformationReceived"]
    assert "Reclassified" in {row.type for row in answer.added}
    days = {row.occurred_at.date().isoformat() for row in answer.added}
    assert days == {"2024-03-06", "2024-03-07", "2024-03-08"}


def test_a_correction_is_told_with_both_values_who_when_and_why(example: CommandLine) -> None:
    (corrected,) = changes(example, "2024-04-05", "2024-04-12").corrected
    (field,) = corrected.fields
    assert (field.field, field.was, field.now) == ("due", "2024-05-19", "2024-04-19")
    (correction,) = corrected.corrections
    assert (correction.by, correction.known_at.date().isoformat()) == ("staff:dsl-01", "2024-04-08")
    shown = " ".join(
        example.ok("case", CASE, "--changes-between", "2024-04-05", "2024-04-12").out.split()
    )
    assert "What became known after 5 April 2024, up to 12 April 2024" in shown
    assert "Due: 19 May 2024 → 19 April 2024 corrected by staff:dsl-01, known 8 April" in shown
    assert "The minutes say 19 April; entered with the wrong month." in shown


def test_rows_that_changed_are_told_with_their_columns(example: CommandLine) -> None:
    answer = changes(example, "2024-04-05", "2024-04-12")
    rows = {(view.view, row.key): row for view in answer.views for row in view.rows}
    moved = rows["actions", "plan-5"]
    assert {"due", "reschedules"} <= set(moved.columns)
    assert moved.before is not None
    assert moved.after is not None
    assert (moved.before["due"], moved.after["due"]) == ("2024-04-12", "2024-05-03")
    shown = example.ok("case", CASE, "--changes-between", "2024-04-05", "2024-04-12").out
    plan = shown.partition("\nAction plan  2 changed\n")[2].partition("\n\n")[0]
    assert "Due: 12 April 2024 → 3 May 2024" in plan
    assert "plan-3" not in plan


def test_a_row_that_is_new_says_what_it_is_of(example: CommandLine) -> None:
    answer = changes(example, "2024-03-20", "2024-03-22")
    (view,) = [view for view in answer.views if view.view == "meetings"]
    assert [row.key for row in view.rows] == ["mtg-1"]
    shown = example.ok("case", CASE, "--changes-between", "2024-03-05", "2024-03-22").out
    assert "Meetings  1 new" in shown
    told = " ".join(shown.split())
    assert re.search(r" raised [^·]+ · R34 · action plan-1 ", told)
    assert re.search(r" gone [^·]+ · R34 · action asb-1 ", told)


def test_a_flag_whose_day_changed_is_told_as_moved(example: CommandLine) -> None:
    shown = example.ok("case", CASE, "--changes-between", "2024-04-05", "2024-04-12").out
    told = " ".join(shown.partition("\nAttention ")[2].split())
    assert re.search(r"moved [^·]+ · R34 · action plan-5 Due: 12 April 2024 → 3 May 2024", told)
    assert not re.search(r"(raised|gone) [^·]+ · R34 · action plan-5", told)


def test_where_nothing_changed_it_says_so(example: CommandLine) -> None:
    answered = example.ok("case", CASE, "--changes-between", "2024-07-01", "2024-07-02")
    assert "Nothing changed." in answered.err
    answer = changes(example, "2024-07-01", "2024-07-01")
    assert not [*answer.added, *answer.learned_late, *answer.corrected, *answer.views]


@pytest.mark.parametrize(
    "other",
    [
        ("--known-on", "2024-03-05"),
        ("--recorded-by", "2024-03-05"),
        ("--view", "risk"),
    ],
)
def test_it_takes_no_other_point_of_view(example: CommandLine, other: tuple[str, str]) -> None:
    answered = example("case", CASE, "--changes-between", "2024-03-05", "2024-03-08", *other)
    assert (answered.code, answered.out) == (2, "")
    assert answered.sentence.startswith("--changes-between compares two days by itself")


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (("2024-03-08", "2024-03-05"), "--changes-between takes the earlier day first."),
        (("2024-03-08", "9000-01-01"), "--changes-between 9000-01-01 lies in the future."),
    ],
)
def test_days_have_to_be_in_order_and_past(
    example: CommandLine, days: tuple[str, str], sentence: str
) -> None:
    answered = example("case", CASE, "--changes-between", *days)
    assert (answered.code, answered.sentence) == (2, sentence)


def test_a_day_is_written_as_a_day(example: CommandLine) -> None:
    answered = example("case", CASE, "--changes-between", "2024-03-08", "March")
    assert answered.code == 2
    assert "is not a day written like 2024-03-05" in answered.sentence


def test_of_an_unknown_case_there_is_nothing_to_compare(example: CommandLine) -> None:
    answered = example("case", "asb:1", "--changes-between", "2024-03-05", "2024-03-08")
    assert (answered.code, answered.sentence) == (1, "There is no case asb:1.")


def test_the_present_fits_the_terminal(example: CommandLine) -> None:
    shown = example.ok("case", CASE, "--changes-between", "2024-01-01", "2024-06-30").out
    assert max(len(line) for line in shown.splitlines()) <= 80
