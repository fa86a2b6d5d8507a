"""Each story, from its file through the door, is seen as expected in full from three points.

`pytest tests/acceptance/test_stories.py --approve` writes what is seen as what is expected; read
the difference before committing it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from domain.identity import case_id_of
from domain.outcomes import Outcome
from projections.catalogue import READ_MODELS
from tests.stories.catalogue import STORIES
from tests.stories.delivering import Delivered, delivered
from tests.stories.seen import Seen, seen_from
from tests.stories.story import Story
from tests.support.databases import throwaway_database

EXPECTED = Path(__file__).parents[1] / "stories" / "expected"
EXAMPLES = Path(__file__).parents[2] / "examples"

Told = tuple[Story, Delivered]


@pytest.fixture(scope="module", params=STORIES, ids=lambda story: story.name)
def told(
    request: pytest.FixtureRequest, postgres_url: str, migrated_template: str
) -> Iterator[Told]:
    story: Story = request.param
    lines = list(story.lines())
    with (
        throwaway_database(postgres_url, template=migrated_template) as url,
        delivered(url, lines) as outcome,
    ):
        yield story, outcome


def test_the_example_file_tells_the_story(told: Told, approving: bool) -> None:
    story, _ = told
    text = b"".join(line.body + b"\n" for line in story.lines())
    path = EXAMPLES / f"{story.name}.ndjson"
    if approving:
        path.write_bytes(text)
    assert path.read_bytes() == text


def test_no_two_stories_tell_the_same_event_or_case() -> None:
    told = [each for story in STORIES for each in {event.event_id for event in story.all_events}]
    assert len(told) == len(set(told))
    refs = [ref for story in STORIES for ref in (story.case_ref, *story.beside)]
    assert len(refs) == len(set(refs))


def test_in_the_end_everything_is_accepted(told: Told) -> None:
    story, outcome = told
    refused = [
        (receipt.delivery, receipt.outcome, receipt.detail)
        for receipt in outcome.receipts
        if receipt.outcome in (Outcome.QUARANTINED, Outcome.REFUSED)
    ]
    assert refused == []
    touched = {event.case_id for event in story.all_events} | {case_id_of(story.case_ref)}
    assert outcome.cases.waiting(touched) == []


def test_it_is_seen_in_full_from_three_points(told: Told, approving: bool) -> None:
    story, outcome = told
    review, told_of = outcome.review, story.all_events
    seen = {point.name: seen_from(point, story.case_ref, review, told_of) for point in story.points}
    path = EXPECTED / f"{story.name}.yaml"
    if approving:
        path.write_text(_text(seen))
    assert seen == yaml.safe_load(path.read_text())


def test_live_read_models_hold_what_folding_the_case_comes_to(told: Told) -> None:
    story, outcome = told
    events, policy = outcome.review.events(story.case_ref), outcome.cases.policy()
    for model in READ_MODELS.values():
        live = outcome.review.rows(model, story.case_ref)
        folded = model.fold(events, policy)
        assert sorted(live, key=model.key_of) == sorted(folded, key=model.key_of), model.name


def _text(seen: dict[str, Seen]) -> str:
    return str(yaml.safe_dump(seen, sort_keys=False, allow_unicode=True, width=100))
