"""The first page of whoever is signed in."""

from services.web.home.routes import router

__all__ = ["router"]
