"""Reads of the exercises, by who asks for them."""
