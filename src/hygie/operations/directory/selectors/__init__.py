"""What may be read of directory audits, the perimeter first."""
