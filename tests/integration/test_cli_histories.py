"""`person` and `property`: over all cases and files, under every reference."""

from pathlib import Path

import pytest

from services.cli.answers import CaseFile, PersonHistory, PropertyHistory
from tests.support.command_line import CommandLine
from tests.support.files import file_of
from tests.support.stories import (
    TENANT,
    case_closed,
    case_linked,
    case_unlinked,
    incident_reported,
    person_involved,
    records_merged,
)

OLD = "person:tenant-old"
HOME = "uprn:100012345678"


@pytest.fixture
def two_cases(unused: CommandLine, tmp_path: Path) -> CommandLine:
    """Two cases about one person under two references, and the person's own file."""
    file = file_of(
        tmp_path / "events.ndjson",
        ("asb:1", incident_reported("2024-03-01", ref="a1", property_ref=HOME)),
        ("asb:1", person_involved("2024-03-02", ref="a2", person=OLD, role="witness")),
        ("asb:1", case_closed("2024-03-05", ref="a3")),
        ("asb:2", incident_reported("2024-04-01", ref="b1", property_ref=HOME)),
        ("asb:2", person_involved("2024-04-02", ref="b2", person=TENANT, role="victim")),
        (TENANT, records_merged("2024-04-03", ref="m1", survivor=TENANT, retired=OLD)),
    )
    unused.ok("import", file)
    unused.ok("project", "--once")
    return unused


@pytest.mark.parametrize("asked", [TENANT, OLD, TENANT.removeprefix("person:")])
def test_a_person_is_found_under_every_reference(two_cases: CommandLine, asked: str) -> None:
    answer = PersonHistory.model_validate_json(two_cases.ok("person", asked, "--json").out)
    assert answer.references == sorted([TENANT, OLD])
    assert {(row.case_ref, row.person) for row in answer.rows} >= {
        ("asb:1", OLD),
        ("asb:2", TENANT),
    }
    last = [row.last_mention_at for row in answer.rows]
    assert last == sorted(last, reverse=True)


def test_a_person_is_shown_with_what_stands_now(two_cases: CommandLine) -> None:
    shown = " ".join(two_cases.ok("person", TENANT).out.split())
    assert shown.startswith(f"{TENANT} Also known as {OLD} Appears in 2 cases, 1 open · 1 file")
    assert "Now Victim Cases and files" in shown
    assert "closed 5 March" in shown


def test_a_property_is_found_under_any_of_its_references(two_cases: CommandLine) -> None:
    for asked in (HOME, "property:100012345678", "100012345678"):
        answered = two_cases.ok("property", asked, "--json")
        answer = PropertyHistory.model_validate_json(answered.out)
        assert [row.case_ref for row in answer.rows] == ["asb:2", "asb:1"]
    shown = two_cases.ok("property", HOME).out
    assert shown.startswith(HOME)
    assert "2 cases, 1 open" in shown


@pytest.mark.parametrize("kind", ["person", "property"])
def test_whom_nothing_names_is_said_to_be_unknown(example: CommandLine, kind: str) -> None:
    answered = example(kind, f"{kind}:nobody")
    assert (answered.code, answered.out) == (1, "")
    assert answered.sentence == f"Nothing names a {kind} {kind}:nobody."


def test_the_file_of_a_person_is_shown_like_that_of_a_case(two_cases: CommandLine) -> None:
    answered = two_cases.ok("case", TENANT, "--json")
    file = CaseFile.model_validate_json(answered.out)
    assert file.state is None
    assert [row.type for row in file.timeline] == ["PersonRecordsMerged"]
    shown = two_cases.ok("case", TENANT)
    assert shown.out.startswith(f"{TENANT} · A person, before or beside any case\n")
    assert "Timeline  1 event" in shown.out
    assert "Action plan" not in shown.out
    assert "Nothing of it" not in shown.err
    unknown = two_cases("case", "person:nobody")
    assert (unknown.code, unknown.sentence) == (1, "There is no file person:nobody.")


def test_the_files_that_lag_behind_say_so(unused: CommandLine, tmp_path: Path) -> None:
    merged = records_merged("2024-04-03", ref="m1", survivor=TENANT, retired=OLD)
    unused.ok("import", file_of(tmp_path / "one.ndjson", (TENANT, merged)))
    answered = unused("case", TENANT)
    assert (answered.code, answered.out) == (1, "")
    assert f"The read models have not taken in {TENANT} yet" in answered.sentence
    again = records_merged("2024-04-04", ref="m2", survivor=TENANT, retired="person:third")
    unused.ok("project", "--once")
    unused.ok("import", file_of(tmp_path / "two.ndjson", (TENANT, again)))
    assert f"the last 1 event of {TENANT}" in unused.ok("case", TENANT).err


@pytest.fixture
def linked_cases(unused: CommandLine, tmp_path: Path) -> CommandLine:
    """Three cases, of which two are linked to the third, one no longer."""
    to_one = {"other_ref": "asb:1", "relation": "same-person"}
    file = file_of(
        tmp_path / "events.ndjson",
        ("asb:1", incident_reported("2024-03-01", ref="a1")),
        ("asb:2", incident_reported("2024-03-01", ref="b1")),
        ("asb:2", case_linked("2024-03-05", ref="b2", **to_one)),
        ("asb:3", incident_reported("2024-03-01", ref="c1")),
        ("asb:3", case_linked("2024-03-06", ref="c2", **to_one)),
        ("asb:3", case_unlinked("2024-03-09", ref="c3", **to_one)),
    )
    unused.ok("import", file)
    unused.ok("project", "--once")
    return unused


def test_a_case_shows_what_links_others_to_it(linked_cases: CommandLine) -> None:
    file = CaseFile.model_validate_json(linked_cases.ok("case", "asb:1", "--json").out)
    assert [(row.case_ref, row.holds) for row in file.linked_from] == [
        ("asb:2", True),
        ("asb:3", False),
    ]
    shown = " ".join(linked_cases.ok("case", "asb:1").out.split())
    assert (
        "Linked from asb:2 · Same person · since 5 March 2024 "
        "asb:3 · Same person · since 6 March 2024 · undone 9 March 2024" in shown
    )
    telling = CaseFile.model_validate_json(linked_cases.ok("case", "asb:2", "--json").out)
    assert list(telling.linked_from) == []
    assert telling.other_views["links"] == 1
    assert "Linked from" not in linked_cases.ok("case", "asb:2").out


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2024-03-04", []),
        ("2024-03-05", [("asb:2", True)]),
        ("2024-03-08", [("asb:2", True), ("asb:3", True)]),
        ("2024-03-09", [("asb:2", True), ("asb:3", False)]),
    ],
)
def test_on_an_earlier_day_it_shows_those_known_by_then(
    linked_cases: CommandLine, day: str, told: list[tuple[str, bool]]
) -> None:
    seen = linked_cases.ok("case", "asb:1", "--known-on", day, "--json")
    file = CaseFile.model_validate_json(seen.out)
    assert [(row.case_ref, row.holds) for row in file.linked_from] == told
