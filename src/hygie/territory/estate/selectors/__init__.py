"""Reads of the map, one module a question."""
