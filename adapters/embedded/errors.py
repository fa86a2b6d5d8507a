"""What can go wrong with an embedded server."""


class EmbeddedServerError(Exception):
    """An embedded server cannot be used; the message is one sentence for the operator."""
