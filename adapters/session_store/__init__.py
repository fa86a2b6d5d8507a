"""Sessions of the web application: who signed in, kept on the server, ended there at once."""

from adapters.session_store.store import Session, SessionStore

__all__ = ["Session", "SessionStore"]
