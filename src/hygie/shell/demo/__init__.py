"""A believable territory, invented whole, brought in by the same doors as real files."""
