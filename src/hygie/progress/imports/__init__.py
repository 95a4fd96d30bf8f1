"""The sheets that bring measurements, proofs and actions: shown before they are written."""
