"""Forms by which people record events: one engine that derives the questions from each type."""

FORMS = ("/cases/", "/files/", "/concerns/")
"""What the paths begin with below which forms are sent."""
