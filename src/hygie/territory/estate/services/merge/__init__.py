"""How what a file shows becomes rows: recognised, compared, planned, written."""
