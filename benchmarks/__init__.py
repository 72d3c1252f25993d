"""Measurements: what the figures in README and ARCHITECTURE were printed by."""
