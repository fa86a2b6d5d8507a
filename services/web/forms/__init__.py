"""Forms by which people record events: one engine that derives the questions from each type."""
