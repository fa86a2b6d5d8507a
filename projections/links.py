"""What cases are linked to: other cases, and the files of persons and properties.

A link holds both ways but is told by one case alone; looked up by `other_ref` over all cases, its
rows are what a case is linked from.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.links import CaseLinked, CaseUnlinked
from domain.latest import period_end
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.vocabulary.lifecycle import CaseRelation
from domain.vocabulary.record import Sensitivity
from projections.event_row import in_case, strictest
from projections.personal_columns import Account, Reference
from projections.read_model import ReadModel, Row


class LinkRow(Row):
    """One link that a case told of, whether it holds or was undone."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "link"
    INDEXED: ClassVar[tuple[str, ...]] = ("other_ref",)

    link: Reference[str]
    """The link within its case: to what, and as what."""
    other_ref: Reference[str]
    """The other case, or the file of a person or property."""
    relation: CaseRelation
    """What links the two."""
    since: datetime
    """When they were last linked so."""
    undone_at: datetime | None
    """When that was undone; None while it holds."""
    reason: Account[str | None]
    """Why they were linked, or why no longer."""
    sensitivity: Sensitivity
    """Who may see it."""

    @property
    def holds(self) -> bool:
        """Whether the link has not been undone."""
        return self.undone_at is None


links = ReadModel("links", 1, LinkRow)


@links.of_whole_streams(CaseLinked, CaseUnlinked)
def _links(history: History, _: Policy) -> Iterable[LinkRow]:
    for link, undone in links_of(history):
        said = undone or link
        yield LinkRow(
            **in_case(link),
            link=f"{link.other_ref} {link.relation}",
            other_ref=link.other_ref,
            relation=link.relation,
            since=link.occurred_at,
            undone_at=undone.occurred_at if undone else None,
            reason=said.reason or link.reason,
            sensitivity=strictest([link, said]),
        )


def links_of(history: History) -> Iterator[tuple[CaseLinked, CaseUnlinked | None]]:
    """Yield each link as last made, with what has undone it since."""
    latest = {(it.other_ref, it.relation): it for it in history.all(CaseLinked)}
    for place, link in latest.items():
        undone = (
            it
            for it in history.all(CaseUnlinked)
            if (it.other_ref, it.relation) == place and period_end(it) >= link.occurred_at
        )
        yield link, next(undone, None)
