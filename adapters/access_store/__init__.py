"""What decides about access, read from the event store; and the record of what was decided."""
