"""What people are to one another."""

from services.web.forms.words.words import Words

NAME = "Relationships"
TITLES = {
    "RelationshipRecorded": "What one person is to another",
    "RelationshipEnded": "A relationship has ended",
}
WORDS = {
    "a": Words("Who is the first person?"),
    "b": Words("Who is the second person?"),
    "relationship": Words("The first person is the second person's…", "For example: parent."),
    "since": Words("Since when?"),
    "until": Words("Until when?"),
    "parental_responsibility": Words("Does the first have parental responsibility for the second?"),
    "informal_carer": Words("Does the first care for the second, unpaid?"),
    "reason": Words("Why did it end?"),
}
