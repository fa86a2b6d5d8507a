"""Commands that show cases, on the example case in a real database."""

import re
from calendar import month_name
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.streams import StreamKind
from domain.times import LONDON
from projections.catalogue import READ_MODELS
from services.bootstrap import prepare_database, review
from services.cli.answers import CaseFile, CaseView, Register, case_view_of
from services.cli.console import out
from services.cli.views import VIEWS, views_of
from tests.support.command_line import Answered, CommandLine

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "cromwood.ndjson")
CASE = "asb:2024-0117"
OF_A_CASE = [view.name for view in views_of(CASE)]
EARLIER = ("--known-on", "2024-03-05")


@pytest.fixture
def cli(example: CommandLine) -> CommandLine:
    return example


def seen(answered: Answered, view: str) -> CaseView[Any]:
    assert answered.code == 0, answered.err
    return case_view_of(VIEWS[view].model.row).model_validate_json(answered.out)


def test_the_register_lists_cases(cli: CommandLine) -> None:
    register = Register.model_validate_json(cli.ok("register", "--json").out)
    (row,) = register.rows
    assert (row.case_ref, row.classification, row.open_actions) == (CASE, "adult", 1)
    assert not register.more
    shown = cli.ok("register").out
    for told in (CASE, "Adult", "High", "staff:ho-12", "1 action", "5 June 2024"):
        assert told in shown


def test_every_read_model_is_a_view(cli: CommandLine) -> None:
    assert [view.model for view in VIEWS.values()] == list(READ_MODELS.values())


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_has_the_rows_of_its_read_model(
    cli: CommandLine, example_url: str, view: str
) -> None:
    model = VIEWS[view].model
    if StreamKind.CASE not in model.streams:
        answered = cli("case", CASE, "--view", view)
        assert answered.code == 2
        assert answered.sentence.startswith(f"There is no view {view} of {CASE}; there are state,")
        return
    answer = seen(cli("case", CASE, "--view", view, "--json"), view)
    assert (answer.case_ref, answer.view, answer.known_on, answer.recorded_by) == (
        CASE,
        view,
        None,
        None,
    )
    with review(example_url) as cases:
        rows = {model.key_of(row): row for row in cases.rows(model, CASE)}
    assert {model.key_of(row): row for row in answer.rows} == rows
    assert not answer.hindsight
    shown = cli.ok("case", CASE, "--view", view).out
    assert shown.startswith(CASE)
    assert ("None." in shown.splitlines()[3]) == (not rows)


def test_the_file_names_the_other_views_that_have_rows(cli: CommandLine) -> None:
    file = CaseFile.model_validate_json(cli.ok("case", CASE, "--json").out)
    assert file.other_views["meetings"] == len(file.meetings) == 1
    assert file.other_views["sharing"] == 10
    assert not {"state", "timeline", "actions", "referrals", "attention"} & set(file.other_views)
    assert 0 not in file.other_views.values()
    (told,) = [line for line in cli.ok("case", CASE).err.splitlines() if "--view:" in line]
    assert "More of it with --view: meetings (1), risk (6), people (4), " in told


@pytest.fixture
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A terminal on which each flag is told in a line."""
    monkeypatch.setenv("COLUMNS", "200")
    out.cache_clear()
    yield
    out.cache_clear()


@pytest.mark.usefixtures("wide_terminal")
def test_the_file_shows_what_stands_in_attention(cli: CommandLine) -> None:
    file = CaseFile.model_validate_json(cli.ok("case", CASE, "--json").out)
    assert [row.due_at for row in file.attention] == sorted(row.due_at for row in file.attention)
    assert {"R5", "R34"} <= {row.rule for row in file.attention}
    shown = cli.ok("case", CASE).out
    assert f"Attention  {len(file.attention)} overdue · 0 due soon · 0 due later" in shown
    assert all(row.why in shown for row in file.attention)
    assert "R5 · referral ref-police" in shown


@pytest.mark.usefixtures("wide_terminal")
def test_flags_are_judged_from_the_point_of_view(cli: CommandLine) -> None:
    file = CaseFile.model_validate_json(cli.ok("case", CASE, *EARLIER, "--json").out)
    assert "R34" in {row.rule for row in file.attention}
    shown = cli.ok("case", CASE, *EARLIER).out
    (action,) = [row for row in file.attention if row.rule == "R34"]
    assert re.search(f"in 13 days +{re.escape(action.why)}", shown)


@pytest.mark.parametrize("written", ["data-quality", "Data_Quality"])
def test_a_view_may_be_written_with_hyphens_and_capitals(cli: CommandLine, written: str) -> None:
    answer = seen(cli("case", CASE, "--view", written, "--json"), "data_quality")
    assert answer.view == "data_quality"
    assert "Data quality" in cli.ok("case", CASE, "--view", written).out


def test_a_view_that_is_none_is_answered_with_all_there_are(cli: CommandLine) -> None:
    answered = cli("case", CASE, "--view", "everything")
    assert (answered.code, answered.out) == (2, "")
    assert "there is no view 'everything'; there are state, timeline, actions" in answered.sentence


def test_the_timeline_is_in_order_of_happening(cli: CommandLine) -> None:
    answer = seen(cli("case", CASE, "--view", "timeline", "--json"), "timeline")
    happened = [row.occurred_at for row in answer.rows]
    assert len(happened) == 61
    assert happened == sorted(happened)
    file = CaseFile.model_validate_json(cli.ok("case", CASE, "--json").out)
    assert file.timeline == answer.rows
    assert [row.action_id for row in file.actions] == ["asb-1", *(f"plan-{n}" for n in range(1, 6))]


def test_a_case_reads_as_it_was_known_earlier(cli: CommandLine) -> None:
    then = CaseFile.model_validate_json(cli.ok("case", CASE, *EARLIER, "--json").out)
    now = CaseFile.model_validate_json(cli.ok("case", CASE, "--json").out)
    assert then.state is not None
    assert now.state is not None
    assert (then.known_on, now.known_on) == (date(2024, 3, 5), None)
    assert (then.state.classification, now.state.classification) == ("asb", "adult")
    assert not then.referrals
    late = {row.source_event_id for row in then.hindsight}
    assert {"sg-0008", "sg-0009"} <= late
    assert not late & {row.source_event_id for row in then.timeline}


def test_what_was_known_earlier_says_so_and_lists_hindsight_apart(cli: CommandLine) -> None:
    shown = cli.ok("case", CASE, *EARLIER).out
    assert "As known on 5 March 2024" in shown
    before, hindsight = shown.split("Hindsight")
    assert "Antisocial behaviour" in before
    assert "Sat 17 February 2024" in hindsight
    assert "Sat 17 February 2024" not in before


def test_nothing_was_recorded_before_the_import(cli: CommandLine) -> None:
    answer = seen(
        cli("case", CASE, "--view", "state", "--recorded-by", "2024-03-05T12:00:00Z", "--json"),
        "state",
    )
    assert answer.recorded_by is not None
    assert not answer.rows
    shown = cli.ok("case", CASE, "--recorded-by", "2024-03-05")
    assert "As recorded by 5 March 2024 23:59" in shown.out
    assert "Nothing of it was recorded then." in shown.err
    assert "--view" not in shown.err
    early = cli.ok("case", CASE, "--known-on", "2020-01-01")
    assert "Nothing of it was known then." in early.err
    both = cli.ok("case", CASE, *EARLIER, "--recorded-by", "2024-03-05")
    assert "Nothing of it was both known and recorded then." in both.err


@pytest.mark.parametrize("option", ["--known-on", "--recorded-by"])
def test_a_point_in_time_is_not_in_the_future(cli: CommandLine, option: str) -> None:
    answered = cli("case", CASE, option, "9000-01-01")
    assert (answered.code, answered.out) == (2, "")
    assert answered.sentence == f"{option} 9000-01-01 lies in the future."
    today = datetime.now(LONDON).date().isoformat()
    assert cli.ok("case", CASE, option, today).out
    late = cli("case", CASE, "--recorded-by", "9000-01-01T00:00:00Z")
    assert (late.code, "lies in the future." in late.sentence) == (2, True)


def test_events_seen_are_counted_and_not_their_positions(cli: CommandLine) -> None:
    then = CaseFile.model_validate_json(cli.ok("case", CASE, *EARLIER, "--json").out)
    assert then.state is not None
    seen_then = len(then.timeline)
    assert then.state.version > seen_then
    (last,) = (
        line
        for line in cli.ok("case", CASE, *EARLIER).out.splitlines()
        if line.strip().startswith("Last event")
    )
    assert f"{seen_then} events" in last
    (last,) = (
        line
        for line in cli.ok("case", CASE, *EARLIER, "--view", "state").out.splitlines()
        if line.strip().startswith("Last event")
    )
    assert " events" not in last


def test_the_file_of_a_case_shows_times_corrections_and_what_is_owed(cli: CommandLine) -> None:
    shown = " ".join(cli.ok("case", CASE).out.split())
    for told in (
        "February 2024 Information received",
        "known 22 March 2024 10:35",
        "about 1 March 2024 Incident reported",
        "Fri 1 March 2024 Information received (Police), new to us 22:30–23:05",  # noqa: RUF001
        "due: 19 May 2024 → 19 April 2024 corrected by staff:dsl-01, known 8 April 2024 09:30",
        "taken for antisocial behaviour at first, for 6 days",
        "plan-3 31 May 2024",
        "overdue",
        "asked again twice",
        "What they decided",
        "Risk assessed (General): high person:tenant-1 (victim) · restricted",
        "in an earlier event of Fri 8 March 2024 16:00: Person informed",
        "due 5 April 2024",
    ):
        assert told in shown
    assert "50 days later" not in shown


@pytest.fixture(params=[80, 100, 140])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A terminal of this width."""
    monkeypatch.setenv("COLUMNS", str(request.param))
    out.cache_clear()
    yield request.param
    out.cache_clear()


@pytest.mark.parametrize("view", [None, *OF_A_CASE])
def test_a_case_fits_the_terminal(cli: CommandLine, width: int, view: str | None) -> None:
    shown = cli.ok("case", CASE, *(("--view", view) if view else ())).out
    assert max(len(line) for line in shown.splitlines()) <= width
    if view:
        assert "…" not in shown
    # Free text may speak of days without a year; what is shown of itself never does.
    if view in ("state", "referrals", "meetings", "people"):
        days = re.findall(rf"\d (?:{'|'.join(month_name[1:])})\b(.{{0,5}})", shown)
        assert days
        assert all(re.fullmatch(r" \d{4}", year) for year in days)


def test_the_database_is_named_on_standard_error_without_password(
    cli: CommandLine, example_url: str
) -> None:
    url = example_url.replace("postgres@", "postgres:hunter2@")
    cli.set({"database_url": url})
    answered = cli.ok("register", "--json")
    assert "PostgreSQL: CASE_TIMELINE_DATABASE_URL" in answered.err
    assert "hunter2" not in answered.out + answered.err
    assert answered.json["rows"]


def test_an_unknown_case_is_said_to_be_unknown(cli: CommandLine) -> None:
    answered = cli("case", "asb:1", "--json")
    assert (answered.code, answered.out) == (1, "")
    assert answered.sentence == "There is no case asb:1."


def test_a_case_that_no_projector_has_seen_is_not_shown_as_empty(
    cli: CommandLine, database_url: str
) -> None:
    prepare_database(database_url)
    cli.set({"database_url": database_url})
    cli.ok("import", EXAMPLE)
    answered = cli("case", CASE)
    assert (answered.code, answered.out) == (1, "")
    assert "is `case-timeline project` running?" in answered.sentence
    assert "`case-timeline project --once`" in answered.sentence
    assert cli.ok("case", CASE, *EARLIER).out


def test_a_case_that_lags_behind_says_so(
    cli: CommandLine, database_url: str, tmp_path: Path
) -> None:
    prepare_database(database_url)
    cli.set({"database_url": database_url})
    lines = Path(EXAMPLE).read_bytes().splitlines(keepends=True)
    (tmp_path / "first.ndjson").write_bytes(b"".join(lines[:10]))
    cli.ok("import", str(tmp_path / "first.ndjson"))
    cli.ok("project", "--once")
    cli.ok("import", EXAMPLE)
    answered = cli.ok("case", CASE, "--json")
    assert "the last 52 events of asb:2024-0117" in answered.err
    assert len(answered.json["timeline"]) == 9
