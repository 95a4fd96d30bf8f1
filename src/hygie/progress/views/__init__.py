"""Pages of what has been measured, proven and promised, grouped by noun."""
