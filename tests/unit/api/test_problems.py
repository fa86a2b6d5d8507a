"""Problem documents have a stable type, say what to do, and hold nothing that was sent."""

import json
import re
from typing import Annotated

from annotated_types import Ge, MaxLen
from pydantic import BaseModel, ConfigDict, ValidationError

from domain.outcomes import Reason
from services.api.faults import faults
from services.api.problem_types import PROBLEMS
from services.api.problems import Problem

NOT_PROBLEMS = {Reason.AWAITING_PREDECESSOR}


def test_every_reason_to_refuse_an_event_is_a_problem() -> None:
    assert set(Reason) - NOT_PROBLEMS <= PROBLEMS.keys()


def test_every_problem_says_in_sentences_what_it_is_and_what_to_do() -> None:
    for slug, kind in PROBLEMS.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert slug == kind.slug
        assert 400 <= kind.status < 600
        for sentence in (kind.title, kind.remedy):
            assert sentence[0].isupper() or sentence.startswith("/")
            assert sentence.endswith(".")


def test_the_corpus_has_the_status_that_it_asks_for() -> None:
    required = {
        "malformed-json": 400,
        "not-an-object": 422,
        "too-deep": 400,
        "too-large": 413,
        "too-many-members": 422,
        "headers-too-large": 431,
        "encoding-not-supported": 415,
        "duplicate-member": 400,
        "not-utf-8": 400,
        "invalid-unicode": 422,
        "control-character": 422,
        "id-reused": 409,
        "cross-case": 409,
        "timestamp-needs-offset": 422,
        "unsupported-media-type": 415,
        "invalid-token": 401,
        "source-mismatch": 403,
        "rate-limited": 429,
        "correction-loop": 409,
        "legal-hold": 409,
        "stale-version": 412,
        "version-required": 428,
    }
    assert {slug: PROBLEMS[slug].status for slug in required} == required


def test_a_document_is_that_of_rfc_9457() -> None:
    answer = Problem("stale-version", "It is at 3.", headers={"etag": '"3"'}, version=3).response()
    assert answer.status_code == 412
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["etag"] == '"3"'
    assert json.loads(bytes(answer.body)) == {
        "type": "/problems/stale-version",
        "title": PROBLEMS["stale-version"].title,
        "status": 412,
        "detail": "It is at 3.",
        "remedy": PROBLEMS["stale-version"].remedy,
        "version": 3,
    }


class Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, MaxLen(3)]
    hours: Annotated[int, Ge(1)]
    by_name: dict[str, int]


def test_faults_name_limits_of_ours_and_nothing_of_theirs() -> None:
    sent = {"reason": "canary", "hours": 0, "by_name": {"canary": "canary"}, "canary": "canary"}
    try:
        Sent.model_validate(sent)
    except ValidationError as error:
        errors = [{**each, "loc": ("query", *each["loc"][:1])} for each in error.errors()]
    told = faults(errors, None)
    assert [each["fault"] for each in told] == [
        "is longer than 3 characters",
        "is below 1",
        "is not a whole number",
        "is not known here",
    ]
    assert told[1] == {"in": "query", "name": "hours", "fault": "is below 1"}
    assert "canary" not in str(told)


def test_only_so_many_faults_are_told_at_once() -> None:
    errors = [{"type": "missing", "loc": ("query", f"p{n}")} for n in range(100)]
    assert len(faults(errors, None)) == 10
