"""One simulated case: where it is, who is in it, and what its steps have to know."""

from datetime import datetime

from domain.vocabulary.people import PersonRole
from domain.vocabulary.safeguarding import Classification
from services.simulation.dice import Dice
from services.simulation.telling import Said, Telling
from services.simulation.world import LEAD, MANAGER, some_home


class Case(Telling):
    """A case as its story is told."""

    def __init__(self, seed: int, number: int, system: str, dice: Dice, start: datetime) -> None:
        """Begin case `number` of a seed, with a reference that `system` gives it."""
        super().__init__(dice, f"{seed}-{number:05}", f"sim-{system}:{seed}-{number:05}", start)
        self.home = some_home(seed, dice)
        self.authority = self.home.authority
        self.person = f"{self.home.ref.replace('property', 'person')}-1"
        """The person whom it is about; the same for every case of the home."""
        self.role = PersonRole.ADULT_AT_RISK
        """The role of that person."""
        self.others: dict[str, str] = {}
        """Other people, by what they are in the story."""
        self.classification = Classification.UNCLASSIFIED
        self.opened_from: list[Said] = []
        self.consent: Said | None = None
        self.override: Said | None = None
        self.meetings: list[str] = []
        self.open_safety_actions: list[str] = []
        self.referrals_answered = 0
        self.assured = False
        self.high_risk = False

    @property
    def lead(self) -> str:
        """Who leads the case."""
        return self.staff(LEAD)

    @property
    def manager(self) -> str:
        """Who the lead answers to."""
        return self.staff(MANAGER)

    @property
    def about(self) -> list[tuple[str, str]]:
        """The person whom it is about, as a subject of events."""
        return [(self.person, self.role)]

    def other(self, what: str) -> str:
        """Return the reference of someone else, by what they are in the story."""
        return self.others.setdefault(what, f"person:sim-{self.name}-{what}")
