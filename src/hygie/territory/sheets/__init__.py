"""Sheets of other people: which of their titles is which of our columns, kept for the next time."""
