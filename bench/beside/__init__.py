"""What ours is measured beside: the same work, done by others, on the same servers."""
