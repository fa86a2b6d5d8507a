"""Rules raise flags; they never decide. Each is data with a version, and one pure function."""
