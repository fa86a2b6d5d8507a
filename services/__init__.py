"""What runs: intake, projector, command line, settings."""
