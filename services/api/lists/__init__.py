"""Lists over all cases. Each page is what the database shows the visitor, and then what the gate,
which decides by the events, lets through; nothing is counted of what is left out."""

from services.api.lists import attention, authorities, figures, histories, register

ROUTERS = (
    register.router,
    attention.router,
    figures.router,
    authorities.router,
    histories.router,
)
"""The groups of routes in here."""

__all__ = ["ROUTERS"]
