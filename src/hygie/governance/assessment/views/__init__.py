"""Pages of the assessment, grouped by noun."""
