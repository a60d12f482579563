"""Measurements as percentiles and ratios: `make bench`. Nothing here decides whether a test passes."""
