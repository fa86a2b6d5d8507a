"""What the demo prints."""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.text import Text

from domain.outcomes import Outcome
from projections.case_state_row import CaseStateRow
from services.cli.answers import CaseFile, PublishedFile
from services.cli.console import out
from services.cli.rendering.case_file import print_section
from services.cli.rendering.comparison import comparison
from services.cli.rendering.plan import action_plan, referral_tracker
from services.cli.rendering.receipts import outcomes_line
from services.cli.rendering.register import register
from services.cli.rendering.state import case_facts, heading
from services.cli.rendering.tables import section
from services.cli.rendering.theme import lines
from services.cli.rendering.timeline import Timeline, hindsight
from services.cli.rendering.times import counted, day, day_as_known
from services.cli.views import ACTIONS, REFERRALS, STATE, TIMELINE
from services.simulation import Simulation

_STORY = "taken for antisocial behaviour; it was an attack"


@dataclass(frozen=True, slots=True)
class Filled:
    """What was taken in, and what became of it."""

    case: PublishedFile
    case_became: Counter[Outcome]
    others_became: Counter[Outcome]
    others_known: int
    """How many messages of other cases were on record before."""
    days: tuple[date, date] | None
    """The first and the last day to which the clock was set back, if it was."""


def print_demo(filled: Filled, then: CaseFile, now: CaseFile, today: date) -> None:
    """Print the way of the example's events, and the case they make."""
    assert now.state is not None
    assert then.known_on is not None
    out().print(section("The Cromwood case", _receipts(filled), _STORY))
    aside = "in order of happening; known at once where nothing else is said"
    print_section(TIMELINE, Timeline(now.timeline, brief=True), aside)
    out().print("", heading(now.state), sep="\n")
    told = day_as_known(now.timeline)
    facts = case_facts(now.state, today, events=len(now.timeline), told=told)
    print_section(STATE, facts)
    print_section(ACTIONS, action_plan(now.actions, today))
    print_section(REFERRALS, referral_tracker(now.referrals, today))
    compared = comparison(then, now, then.known_on, today)
    out().print(section("What was known, and what is", compared))
    aside = f"had happened by {day(then.known_on)} and was not known yet"
    out().print(section("Hindsight", hindsight(then.hindsight), aside))


def _receipts(filled: Filled) -> Text:
    sent = filled.case
    known = counted(sent.known_before, "line")
    return lines(
        Text(f"{counted(sent.stored, 'line')} of {Path(sent.file).name} published over NATS"),
        Text(f"{known} the broker had already, by message id", "quiet")
        if sent.known_before
        else None,
        _taken_in(filled.case_became),
        Text(_clock(filled), "quiet"),
    )


def _taken_in(became: Mapping[Outcome, int]) -> Text:
    nothing = "Nothing is new: what was known was recognised, nothing is doubled"
    return lines(
        Text.assemble("Taken in: ", outcomes_line(became)),
        Text(nothing, "good") if not became[Outcome.ACCEPTED] else None,
    )


def _clock(filled: Filled) -> str:
    """Say which time the intake recorded by."""
    if filled.days is None:
        return "The intake's clock: the system's, it was not set back"
    first, last = map(day, filled.days)
    return (
        f"The intake's clock: set back to each day from {first} to {last}, as if the service had "
        "been running then; from now on the system's"
    )


def print_others(
    stories: Sequence[Path],
    made_up: Simulation,
    filled: Filled,
    rows: Sequence[CaseStateRow],
) -> None:
    """Print where the other cases are from, and the first cases of the register."""
    told = ", ".join(story.stem.replace("_", " ") for story in stories)
    tally = made_up.tally
    taken = lines(
        Text(f"{len(stories)} more of the stories in examples/: {told}"),
        Text(
            f"{counted(made_up.cases, 'simulated case')}, seed {made_up.seed}, up to "
            f"{day(made_up.until)}: {counted(tally.events.total(), 'event')}, "
            f"{tally.sent_again:,} of them sent twice"
        ),
        Text("Handed to the same door as files are, by `case-timeline import`", "quiet"),
        Text(f"{counted(filled.others_known, 'line')} known already", "quiet")
        if filled.others_known
        else None,
        _taken_in(filled.others_became),
    )
    out().print(section("More cases", taken, "told and made up, to have a register"))
    aside = f"the first {counted(len(rows), 'case')}; all with `case-timeline register`"
    out().print(section("Register", register(rows), aside))


def print_next_steps(case_ref: str, earlier: date) -> None:
    """Say that everything goes on running, and what can be done with it."""
    command = _command()
    tries = (
        (f"case {case_ref} --view people", "everyone in the case"),
        (f"case {case_ref} --known-on {earlier}", "the whole file as known then"),
        ("register", "every case in a line"),
        ("attention", "what is due or overdue, the most urgent first"),
        ("intake list", "what was received, and what became of it"),
        ("intake reconcile", "that nothing is lost"),
        ("projections rebuild --all", "that read models are what the events say"),
    )
    listed = lines(
        *(
            Text.assemble((f"{what}\n", "quiet"), (f"  {command} {line}", "command"))
            for line, what in tries
        )
    )
    out().print(section("Still running", listed, "try in another terminal; Ctrl-C ends it"))


def print_pages(address: str, people: Iterable[tuple[str, str]]) -> None:
    """Say where the pages are, and as whom one may sign in; each with what they are there for."""
    listed = lines(
        Text(f"{address}/", "command"),
        *(Text.assemble(f"{said}  ", (what_for, "quiet")) for said, what_for in people),
    )
    out().print(section("In a browser", listed, "sign in as one of these, without a password"))


def print_served(address: str, case_id: str, granted: int) -> None:
    """Say where the API is, and how to ask it something."""
    token = f"$({_command()} demo token officer)"
    known = "The demo's people have their roles already; nothing is new"
    told = lines(
        Text(f"{address}, described at {address}/v1/openapi.json"),
        Text(f"{counted(granted, 'grant')} to the demo's people" if granted else known, "quiet"),
        Text("the case that officer works on, over HTTP", "quiet"),
        Text(f'  curl -H "Authorization: Bearer {token}" \\', "command"),
        Text(f"    {address}/v1/cases/{case_id}/timeline", "command"),
    )
    out().print(section("Over HTTP", told, "for who is on this machine; its people are made up"))


def _command() -> str:
    path = Path(sys.argv[0])
    if not path.is_absolute() or path.name != "case-timeline":
        return "case-timeline"
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else "case-timeline"
