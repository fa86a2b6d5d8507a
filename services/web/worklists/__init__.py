"""What there is to do over all cases: actions, referrals, flags and reviews."""

from services.web.worklists.routes import router

__all__ = ["router"]
