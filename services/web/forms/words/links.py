"""What belongs together: other cases, records of one person; when to look again."""

from services.web.forms.words.words import Words

NAME = "Links and looking again"
TITLES = {
    "CaseLinked": "Link another case or file",
    "CaseUnlinked": "Undo a link",
    "PersonRecordsMerged": "Two records are of one person",
    "PersonRecordsSplit": "Two records are not of one person",
    "MonitoringScheduled": "Arrange to look again",
}
WORDS = {
    "other_ref": Words("Which case or file?", "Its reference, for example asb:2024-0117."),
    "relation": Words("How do they belong together?"),
    "survivor": Words("Which reference stays?"),
    "retired": Words("Which reference is the other?"),
    "PersonRecordsMerged.reason": Words("How do you know that they are one person?"),
    "PersonRecordsSplit.reason": Words("How do you know that they are not?"),
    "MonitoringScheduled.reason": Words("Why look again?"),
    "next_date": Words("When?"),
    "frequency": Words("How often from then on?"),
}
