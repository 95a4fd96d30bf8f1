"""Writes of the territory, one module a decision."""
