"""The dashboard: how the work stands now, each figure a link to what it counts."""

from services.web.dashboard.routes import router

__all__ = ["router"]
