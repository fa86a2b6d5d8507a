"""The stories that are told in full, each with its example file."""

from tests.stories.child import CHILD_CASE
from tests.stories.cromwood import CROMWOOD
from tests.stories.cuckooing import CUCKOOING
from tests.stories.domestic_abuse import DOMESTIC_ABUSE
from tests.stories.hoarding import HOARDING
from tests.stories.low_level import LOW_LEVEL
from tests.stories.refuser import REFUSER
from tests.stories.story import Story
from tests.stories.two_authorities import TWO_AUTHORITIES

STORIES: tuple[Story, ...] = (
    CROMWOOD,
    HOARDING,
    DOMESTIC_ABUSE,
    CUCKOOING,
    CHILD_CASE,
    TWO_AUTHORITIES,
    REFUSER,
    LOW_LEVEL,
)
