"""The reviewer's workspace: what was granted, the chronology of a review, and curating it."""

from services.web.review.routes import router

__all__ = ["router"]
