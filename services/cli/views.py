"""The views of a case: every read model there is, by the name that `case --view` has for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from domain.streams import stream_kind
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel
from services.wording import words

_SHORTER = {"case_state": "state", "action_plan": "actions"}


@dataclass(frozen=True, slots=True)
class View:
    """One read model, as the command line shows it."""

    name: str
    model: ReadModel[Any]

    @property
    def title(self) -> str:
        """Its heading: the read model's name in words."""
        return "State" if self is STATE else words(self.model.name)

    def is_of(self, reference: str) -> bool:
        """Tell whether the stream known as `reference` is of a kind that it takes in."""
        return stream_kind(reference) in self.model.streams


def _named(model: ReadModel[Any]) -> View:
    return View(_SHORTER.get(model.name, model.name), model)


VIEWS: dict[str, View] = {view.name: view for view in map(_named, READ_MODELS.values())}
"""Every view by its name. A read model that is added to the catalogue is a view by itself."""

STATE = VIEWS["state"]
TIMELINE = VIEWS["timeline"]
ACTIONS = VIEWS["actions"]
REFERRALS = VIEWS["referrals"]
MEETINGS = VIEWS["meetings"]
RISK = VIEWS["risk"]
PEOPLE = VIEWS["people"]
ATTENTION = VIEWS["attention"]


def view_named(text: str) -> View | None:
    """Return the view that a person named; hyphens and capitals are as good."""
    return VIEWS.get(text.strip().lower().replace("-", "_"))


def views_of(reference: str) -> Iterator[View]:
    """Yield the views that a stream of this kind has."""
    return (view for view in VIEWS.values() if view.is_of(reference))
