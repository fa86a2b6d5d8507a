"""The Cromwood case, from the file through the door to every read model, now and in hindsight.

A violent incident is taken for antisocial behaviour, and the tenant, its target, is warned. A
housing officer does not believe it. The story: `examples/README.md`.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from domain.vocabulary.record import Precision
from projections.action_plan import action_plan
from projections.case_state import case_state
from projections.catalogue import READ_MODELS
from projections.meetings import meetings
from projections.read_model import ReadModel
from projections.timeline import display_order, timeline
from tests.acceptance.cromwood import CASE_REF, LINES, Case, delivered, id_of, on, stored
from tests.support.databases import throwaway_database

TENANT, NEIGHBOUR = "person:tenant-1", "person:neighbour-1"


@pytest.fixture(scope="module")
def case(postgres_url: str, migrated_template: str) -> Iterator[Case]:
    with (
        throwaway_database(postgres_url, template=migrated_template) as url,
        delivered(url) as case,
    ):
        yield case


class TestDelivery:
    def test_each_line_has_the_receipt_that_the_story_tells(self, case: Case) -> None:
        unusual = {
            line.number: (line.id, receipt.outcome, receipt.detail)
            for line, receipt in zip(LINES, case.receipts, strict=True)
            if receipt.outcome != "accepted"
        }
        assert unusual == {
            8: ("asb-0005", "duplicate", None),
            22: ("mash-0001", "waiting", "waits for the ReferralSent of referral ref-mash"),
            41: ("hm-0014", "waiting", "waits for the ActionAgreed of action plan-2"),
        }

    def test_what_waited_was_admitted_right_after_what_it_waited_for(self, case: Case) -> None:
        order = [event.source_event_id for event in stored(case.cases)]
        assert order[order.index("sg-0006") + 1] == "mash-0001"
        assert order[order.index("sg-0016") + 1] == "hm-0014"

    def test_in_the_end_every_line_is_accepted_but_the_one_sent_twice(self, case: Case) -> None:
        ledger = case.cases.seen([line.delivery for line in LINES])
        assert Counter(entry.outcome for entry in ledger.values()) == {
            "accepted": len(LINES) - 1,
            "duplicate": 1,
        }
        versions = [event.version for event in stored(case.cases)]
        assert versions == list(range(1, len(LINES)))

    def test_the_story_has_many_event_types_and_several_precisions(self, case: Case) -> None:
        events = stored(case.cases)
        assert len({event.type for event in events}) == 34
        precisions = {event.occurred_precision for event in events}
        assert precisions == set(Precision) - {Precision.YEAR}
        assert len({event.source for event in events}) == 5

    @pytest.mark.parametrize("model", READ_MODELS.values(), ids=READ_MODELS)
    def test_live_read_models_hold_what_folding_the_case_comes_to(
        self, case: Case, model: ReadModel[Any]
    ) -> None:
        live = case.rows(model)
        folded = model.fold(stored(case.cases))
        assert len(live) == len(folded)
        assert all(row in folded for row in live)


class TestState:
    def test_on_5_march_it_is_antisocial_behaviour(self, case: Case) -> None:
        case.known_on("2024-03-05").seen(case_state).has(
            status="open",
            classification="asb",
            first_classification="asb",
            classified_at="2024-03-02 09:14",
            reclassified_at=None,
            misbadged_days=None,
            opened_at="2024-03-01 22:40",
            opened_known_at="2024-03-02 09:14",
            strands=(),
            risk_level="low",
            visitor_risk_level=None,
            visit_controls=(),
            lead="staff:asb-07",
            team=(),
            consent=(),
            open_action_ids=("asb-1",),
            open_referral_ids=(),
            meetings_held=0,
            known_from_partners=0,
            enforcement_to_review=(),
            now_at_risk=(),
            corrections=0,
        )

    def test_today_it_is_adult_safeguarding(self, case: Case) -> None:
        tenants_refusal = {
            "scope": "refer",
            "person": TENANT,
            "state": "refused",
            "at": "2024-03-08 13:00",
            "overridden": True,
            "overridden_at": "2024-03-08 14:00",
        }
        case.seen(case_state).has(
            status="open",
            classification="adult",
            first_classification="asb",
            classified_at="2024-03-08 11:30",
            reclassified_at="2024-03-08 11:30",
            reclassifications=1,
            misbadged_days=6,
            opened_known_at="2024-03-02 09:14",
            strands=("adult",),
            immediate_danger=True,
            concern_raised_at="2024-03-07 14:10",
            risk_level="high",
            risk_assessed_at="2024-04-18 11:00",
            risk_review_due="2024-07-18",
            visitor_risk_level="medium",
            visit_controls=({"control": "no-lone-visits", "scope": "property", "until": None},),
            lead="staff:ho-12",
            team=("staff:dsl-01", "staff:asb-07"),
            consent=(
                tenants_refusal,
                {"scope": "share", "person": NEIGHBOUR, "state": "given", "overridden": False},
                {"scope": "share", "person": TENANT, "state": "given", "overridden": False},
            ),
            open_actions=1,
            open_action_ids=("plan-3",),
            open_referrals=1,
            open_referral_ids=("ref-police",),
            meetings_held=1,
            known_from_partners=3,
            enforcement_to_review=(),
            warnings_unreviewed=(),
            reopenings=1,
            corrections=2,
            version=61,
        )

    def test_on_6_march_the_asb_team_has_closed_it(self, case: Case) -> None:
        case.known_on("2024-03-06").seen(case_state).has(
            status="closed",
            closed_at="2024-03-06 16:30",
            closure_reason="no-concern",
            assurance="none",
            risk_outcome="remained",
        )

    def test_on_7_march_it_is_open_again_and_still_antisocial_behaviour(self, case: Case) -> None:
        case.known_on("2024-03-07").seen(case_state).has(
            status="open", closed_at=None, classification="asb", strands=("adult",), reopenings=1
        )

    def test_from_8_to_12_march_the_warning_is_owed_a_review(self, case: Case) -> None:
        owed = (id_of("asb-0005"),)
        for day, expected in (("07", ()), ("08", owed), ("11", owed), ("12", ())):
            case.known_on(f"2024-03-{day}").seen(case_state).has(enforcement_to_review=expected)


class TestTimeline:
    # What happened when, in England, how exactly that is known, and when the landlord knew.
    EXPECTED = """
        sg-0009    2024-02-01 00:00  month        2024-03-22 10:35
        sg-0008    2024-02-17 00:00  day          2024-03-22 10:20
        hm-0003    2024-03-01 22:30  range        2024-03-08 10:15
        cc-0001    2024-03-01 22:40  approximate  2024-03-02 09:14
        cc-0002    2024-03-02 10:05  instant      2024-03-02 10:05
        asb-0001   2024-03-04 09:20  instant      2024-03-04 09:20
        asb-0002   2024-03-04 09:25  instant      2024-03-04 09:25
        asb-0003   2024-03-04 10:00  instant      2024-03-04 10:00
        asb-0004   2024-03-04 10:10  instant      2024-03-04 10:10
        asb-0005   2024-03-05 11:00  instant      2024-03-05 11:00
        asb-0006   2024-03-06 16:30  instant      2024-03-06 16:30
        hm-0001    2024-03-07 14:10  instant      2024-03-07 14:10
        hm-0002    2024-03-07 14:40  instant      2024-03-07 14:40
        hm-0004    2024-03-08 10:30  instant      2024-03-08 10:30
        hm-0005    2024-03-08 11:20  instant      2024-03-08 11:20
        hm-0006    2024-03-08 11:30  instant      2024-03-08 11:30
        hm-0007    2024-03-08 11:35  instant      2024-03-08 11:35
        sg-0001    2024-03-08 12:00  instant      2024-03-08 12:00
        asb-0007   2024-03-08 12:10  instant      2024-03-08 12:10
        sg-0002    2024-03-08 12:30  instant      2024-03-08 12:30
        sg-0003    2024-03-08 12:40  instant      2024-03-08 12:40
        sg-0004    2024-03-08 13:00  instant      2024-03-08 13:00
        sg-0005    2024-03-08 14:00  instant      2024-03-08 14:00
        sg-0006    2024-03-08 15:45  instant      2024-03-08 15:45
        mash-0001  2024-03-08 15:52  instant      2024-03-08 15:52
        hm-0008    2024-03-08 15:55  instant      2024-03-08 15:55
        hm-0010    2024-03-08 16:00  instant      2024-03-08 16:30
        hm-0009    2024-03-08 16:20  instant      2024-03-08 16:20
        hm-0012    2024-03-11 00:00  day          2024-03-11 15:00
        hm-0011    2024-03-11 09:05  instant      2024-03-11 09:05
        sg-0007    2024-03-11 15:30  instant      2024-03-11 15:30
        asb-0008   2024-03-12 10:00  instant      2024-03-12 10:00
        mash-0002  2024-03-14 11:40  instant      2024-03-14 11:40
        mash-0003  2024-03-14 15:00  instant      2024-03-14 15:00
        mash-0004  2024-03-22 10:00  instant      2024-03-22 10:00
        sg-0010    2024-03-22 10:50  instant      2024-03-22 10:50
        sg-0015    2024-03-22 11:30  instant      2024-03-22 11:30
        sg-0016    2024-03-22 11:30  instant      2024-03-22 11:30
        sg-0017    2024-03-22 11:30  instant      2024-03-22 11:30
        sg-0018    2024-03-22 11:30  instant      2024-03-22 11:30
        sg-0019    2024-03-22 11:30  instant      2024-03-22 11:30
        sg-0011    2024-03-22 12:30  instant      2024-03-22 12:30
        sg-0012    2024-03-22 12:40  instant      2024-03-22 12:40
        sg-0013    2024-03-22 13:00  instant      2024-03-22 13:00
        hm-0013    2024-03-25 11:00  instant      2024-03-25 11:00
        hm-0014    2024-03-25 11:30  instant      2024-03-25 11:30
        hm-0015    2024-03-25 11:45  instant      2024-03-25 11:45
        sg-0014    2024-03-26 13:10  instant      2024-03-26 13:10
        hm-0016    2024-03-26 14:00  instant      2024-03-26 14:00
        hm-0017    2024-04-02 14:00  instant      2024-04-02 14:00
        hm-0018    2024-04-04 16:00  instant      2024-04-04 16:00
        sg-0020    2024-04-08 09:30  instant      2024-04-08 09:30
        sg-0021    2024-04-11 10:00  instant      2024-04-11 10:00
        mash-0005  2024-04-12 15:20  instant      2024-04-12 15:20
        sg-0022    2024-04-18 11:00  instant      2024-04-18 11:00
        sg-0023    2024-04-18 12:00  instant      2024-04-18 12:00
        sg-0024    2024-04-18 12:15  instant      2024-04-18 12:15
        sg-0025    2024-05-02 15:00  instant      2024-05-02 15:00
        sg-0026    2024-05-02 15:30  instant      2024-05-02 15:30
        sg-0027    2024-05-20 09:00  instant      2024-05-20 09:00
        hm-0019    2024-06-05 11:00  instant      2024-06-05 11:00
    """

    def test_is_in_the_order_of_happening_with_both_times(self, case: Case) -> None:
        shown = [
            f"{row.source_event_id} {on(row.occurred_at)} {row.occurred_precision} "
            f"{on(row.known_at)}"
            for row in display_order(case.rows(timeline))
        ]
        assert shown == [" ".join(line.split()) for line in self.EXPECTED.strip().splitlines()]

    def test_on_5_march_it_shows_what_was_known_by_then(self, case: Case) -> None:
        shown = display_order(case.known_on("2024-03-05").rows(timeline))
        assert [row.source_event_id for row in shown] == [
            "cc-0001",
            "cc-0002",
            "asb-0001",
            "asb-0002",
            "asb-0003",
            "asb-0004",
            "asb-0005",
        ]

    def test_hindsight_is_what_had_happened_and_came_to_be_known_later(self, case: Case) -> None:
        view = case.known_on("2024-03-05").view
        late = {event.source_event_id: event for event in case.review.hindsight(CASE_REF, view)}
        assert {name: on(event.known_at) for name, event in late.items()} == {
            "hm-0003": "2024-03-08 10:15",
            "sg-0008": "2024-03-22 10:20",
            "sg-0009": "2024-03-22 10:35",
        }
        assert late["sg-0009"].headline() == (
            "Information received (NHS mental health service), new to us"
        )

    def test_a_correction_is_shown_with_what_stood_there_before(self, case: Case) -> None:
        entry = case.seen(timeline).at(id_of("hm-0010"))
        entry.has(occurred_at="2024-03-08 16:00", known_at="2024-03-08 16:30")
        (correction,) = entry.row.corrections
        assert (correction.field, correction.was, correction.now, on(correction.known_at)) == (
            "occurred_at",
            '"2024-03-08T04:00:00Z"',
            '"2024-03-08T16:00:00Z"',
            "2024-03-11 09:05",
        )
        before = case.known_on("2024-03-10").seen(timeline).at(id_of("hm-0010"))
        before.has(occurred_at="2024-03-08 04:00", corrections=())


class TestWhatWasRecorded:
    """Known and recorded are different questions."""

    def test_the_call_for_help_was_known_on_5_march_and_not_on_record(self, case: Case) -> None:
        known = case.known_on("2024-03-05")
        known.seen(case_state).has(immediate_danger=True, concern_raised_at="2024-03-02 10:05")
        known.recorded_by("2024-03-05 23:59").seen(case_state).has(
            immediate_danger=None, concern_raised_at=None, classification="asb"
        )

    def test_the_meeting_was_known_in_march_and_recorded_in_april(self, case: Case) -> None:
        known, recorded = case.known_on("2024-03-31"), case.recorded_by("2024-03-31 23:59")
        known.seen(meetings).has(status="held")
        recorded.seen(meetings).has(status="convened", held_at=None)
        plan = [f"plan-{number}" for number in range(1, 6)]
        known.seen(action_plan).has_rows("asb-1", *plan).at("plan-2").has(status="completed")
        recorded.seen(action_plan).has_rows("asb-1")

    def test_what_waited_is_recorded_when_it_is_admitted(self, case: Case) -> None:
        case.seen(timeline).at(id_of("hm-0014")).has(
            known_at="2024-03-25 11:30", recorded_at="2024-04-02 12:30"
        )
        case.recorded_by("2024-04-02 12:29").seen(action_plan).has_rows("asb-1")

    def test_nothing_was_recorded_before_anything_was_known(self, case: Case) -> None:
        early = case.recorded_by("2024-03-02 09:13")
        assert [early.rows(model) for model in READ_MODELS.values()] == [[]] * len(READ_MODELS)

    def test_the_record_never_runs_backwards(self, case: Case) -> None:
        recorded = [event.recorded_at for event in stored(case.cases)]
        assert recorded == sorted(recorded)
