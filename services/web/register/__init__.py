"""The register of cases: filtered, sorted, searched and downloaded; filters kept under a name."""

from services.web.register.routes import router

__all__ = ["router"]
