"""Drafts of forms: what somebody has typed and not recorded yet, kept on the server for a term."""

from adapters.draft_store.store import Draft, DraftStore, DraftStoreUnavailable, Receipt

__all__ = ["Draft", "DraftStore", "DraftStoreUnavailable", "Receipt"]
