"""Pages of the referential, grouped by noun."""
