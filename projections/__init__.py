"""Read models: pure folds over case events, and time travel through them."""
