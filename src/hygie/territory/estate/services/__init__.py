"""Writes of the map, one module a decision."""
