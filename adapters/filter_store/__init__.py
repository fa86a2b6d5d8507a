"""How people look at lists: filters they saved under a name, and what they search for just now."""

from adapters.filter_store.store import (
    FilterStore,
    SavedFilter,
    Search,
    TooManyFilters,
)

__all__ = ["FilterStore", "SavedFilter", "Search", "TooManyFilters"]
