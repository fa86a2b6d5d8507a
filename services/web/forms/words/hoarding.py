"""How serious hoarding is."""

from services.web.forms.words.words import Words

NAME = "Hoarding"
TITLES = {"HoardingLevelAssessed": "A hoarding assessment"}
WORDS = {
    "person": Words("Whose home is it?"),
    "level": Words("How serious is it?"),
    "rooms": Words("How do the rooms look?"),
    "RoomRating.room": Words("Which room?"),
    "RoomRating.rating": Words(
        "Which picture does it look like?", "Clutter image rating: 1 is clear, 9 is full."
    ),
    "fire_risk": Words("Is there a risk of fire?"),
    "access_blocked": Words("Is a way in or out blocked?"),
    "structure_at_risk": Words("Is the building at risk?"),
    "repairs_blocked": Words("Can repairs or safety checks not be done?"),
    "rooms_unusable": Words("Are there rooms that cannot be used?"),
    "damp_or_disrepair": Words("Is there damp or disrepair?"),
    "animals": Words("Are there animals?"),
    "children_present": Words("Do children live there?"),
    "insight": Words("How does the person see it themselves?"),
    "photos": Words("Where are the photos kept?", "One reference on each line."),
}
