"""The read store: tables of read models, how far each has come, and the feed that fills them."""
