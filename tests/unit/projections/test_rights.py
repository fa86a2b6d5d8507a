"""Holds, subject access, statements of disagreement and what was destroyed."""

import pytest

from projections.rights import rights
from tests.support.stories import (
    CASE_REF,
    TENANT,
    event_corrected,
    event_redacted,
    given,
    hold_lifted,
    hold_placed,
    id_of,
    incident_reported,
    person_data_erased,
    rectification_disputed,
    subject_access_fulfilled,
    subject_access_received,
    the,
)

ASKED = subject_access_received("2024-03-05", ref="asked")


class TestHolds:
    PLACED = hold_placed("2024-03-05", ref="placed", until="2025-03-05")

    @pytest.mark.parametrize("stream", [CASE_REF, "organisation:landlord", "access:0123"])
    def test_one_stands_until_lifted_on_whatever_file(self, stream: str) -> None:
        given(self.PLACED, stream=stream).then(rights).at("hold:H1").has(
            kind="hold",
            event_id=id_of("placed"),
            at="2024-03-05",
            known_at="2024-03-05",
            is_open=True,
            hold_reason="review",
            look_again_on="2025-03-05",
            ended_at=None,
            person=None,
            due=None,
        )

    def test_once_lifted_it_says_when_and_why(self) -> None:
        given(self.PLACED, hold_lifted("2024-09-05", reason="The review is over.")).then(rights).at(
            "hold:H1"
        ).has(is_open=False, ended_at="2024-09-05", ended_reason="The review is over.")

    def test_it_stood_while_lifting_was_not_known(self) -> None:
        story = given(self.PLACED, hold_lifted("2024-09-05", known="2024-09-09"))
        story.when_seen(known_on="2024-09-08").then(rights).at("hold:H1").has(is_open=True)

    def test_lifting_one_out_of_view_shows_nothing(self) -> None:
        given(hold_lifted()).then(rights).has_rows()


class TestSubjectAccess:
    def test_a_request_is_due_on_the_day_that_was_told(self) -> None:
        given(ASKED.but(due="2024-03-29")).then(rights).at("access:SA1").has(
            kind="access",
            person=TENANT,
            is_complex=False,
            due="2024-03-29",
            is_open=True,
            days_late=None,
        )

    @pytest.mark.parametrize(
        ("received", "is_complex", "due"),
        [
            ("2024-03-05", False, "2024-04-05"),
            ("2024-03-05", True, "2024-06-05"),
            ("2024-01-31", False, "2024-02-29"),
            ("2024-11-30", True, "2025-02-28"),
        ],
    )
    def test_else_by_calendar_months(self, received: str, is_complex: bool, due: str) -> None:
        asked = subject_access_received(received, complex=is_complex)
        given(asked).then(rights).at("access:SA1").has(due=due, is_complex=is_complex)

    def test_answered_it_says_how_late_and_what_was_withheld(self) -> None:
        first = {"event": the("incident"), "ground": "third-party"}
        second = {"event": the("other"), "ground": "crime"}
        given(
            ASKED,
            subject_access_fulfilled("2024-04-12", redactions=(second,)),
            subject_access_fulfilled("2024-04-08", redactions=(first,)),
        ).then(rights).at("access:SA1").has(
            is_open=False,
            ended_at="2024-04-08",
            days_late=3,
            redactions=({"ground": "crime"}, {"ground": "third-party"}),
            redaction_count=2,
        )

    def test_it_was_open_while_the_answer_was_not_known(self) -> None:
        story = given(ASKED, subject_access_fulfilled("2024-04-02", known="2024-04-20"))
        story.when_seen(known_on="2024-04-19").then(rights).at("access:SA1").has(is_open=True)

    def test_an_answer_to_one_out_of_view_shows_nothing(self) -> None:
        given(subject_access_fulfilled()).then(rights).has_rows()

    def test_a_corrected_due_day_holds(self) -> None:
        fixed = event_corrected(target=the("asked"), field="due", was=None, now="2024-04-19")
        given(ASKED, fixed).then(rights).at("access:SA1").has(due="2024-04-19")


class TestStatementsAndWhatWasDestroyed:
    def test_a_statement_of_disagreement_stands_for_good(self) -> None:
        given(
            incident_reported(ref="incident"),
            rectification_disputed(
                "2024-03-08", ref="said", target=the("incident"), field="account"
            ),
        ).then(rights).at(f"dispute:{id_of('said')}").has(
            kind="dispute",
            is_open=True,
            person=TENANT,
            target=id_of("incident"),
            field="account",
            statement="I shouted for help.",
        )

    def test_erasure_and_redaction_say_by_what_right_and_who_approved(self) -> None:
        seen = given(
            person_data_erased("2024-03-08", ref="erasure"),
            event_redacted("2024-03-09", ref="redaction", target=the("wrong")),
        ).then(rights)
        approved = ("staff:dpo", "staff:director")
        seen.at(f"erasure:{id_of('erasure')}").has(
            kind="erasure",
            person=TENANT,
            lawful_reason="retention-ended",
            approvals=approved,
            is_open=False,
            ended_at="2024-03-08",
        )
        seen.at(f"redaction:{id_of('redaction')}").has(
            kind="redaction", target=id_of("wrong"), lawful_reason="wrong-record", person=None
        )

    def test_of_a_redacted_statement_the_words_are_gone(self) -> None:
        said = rectification_disputed(ref="said", target=the("incident"))
        seen = given(incident_reported(ref="incident"), said, event_redacted(target=the("said")))
        seen.then(rights).at(f"dispute:{id_of('said')}").has(statement=None, person=TENANT)
