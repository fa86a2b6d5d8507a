"""Measurements, apart from the tests: run by hand or by `make bench`."""
