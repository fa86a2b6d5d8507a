"""The safeguarding case domain: events, coded lists, case rules. Pure: no I/O, no clock."""
