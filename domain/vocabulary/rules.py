"""Coded lists about rules and the flags they raise."""

from domain.vocabulary.coded import CodedList


class FlagEffect(CodedList, source="Case Timeline: rules raise flags, they never decide"):
    """What a flag asks of whoever sees it."""

    DUTY = "duty", "Something is to be done by then"
    WARNING = "warning", "Something needs looking at"
    STOP = "stop", "Do not go on before this is settled"


class Timeliness(CodedList, source="Primero: overdue, due within 7 days"):
    """How a flag stands at some moment."""

    DUE = "due", "Due"
    SOON = "soon", "Due soon"
    OVERDUE = "overdue", "Overdue"
