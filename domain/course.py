"""Whether something that ends, and may be taken up again, is open: an action, a referral."""

from datetime import datetime
from typing import Self

from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.latest import supersedes


class Course(Part):
    """The ends and new beginnings of one thing, told in any order.

    It is open as whichever of its turns happened last says; how often it turned is counted, which
    does not depend on when.
    """

    is_open: bool = True
    ends: int = 0
    ended_at: datetime | None = None
    """When it last ended."""
    reopenings: int = 0
    reopened_at: datetime | None = None
    """When it was last taken up again."""

    @property
    def may_end(self) -> bool:
        """Whether there was a new beginning for every end told so far, so that another fits."""
        return self.ends <= self.reopenings

    def ended(self, event: CaseEvent) -> Self:
        """Return what it is after `event` ended it, unless it was taken up again since."""
        ends_it = supersedes(event, self.reopened_at)
        return self.model_copy(
            update={
                "is_open": self.is_open and not ends_it,
                "ends": self.ends + 1,
                "ended_at": max(self.ended_at or event.occurred_at, event.occurred_at),
            }
        )

    def reopened(self, event: CaseEvent) -> Self:
        """Return what it is after `event` took it up again, unless it has ended since."""
        reopens_it = supersedes(event, self.ended_at)
        return self.model_copy(
            update={
                "is_open": self.is_open or reopens_it,
                "reopenings": self.reopenings + 1,
                "reopened_at": max(self.reopened_at or event.occurred_at, event.occurred_at),
            }
        )


BEGUN = Course()
"""What has begun and not ended yet."""
