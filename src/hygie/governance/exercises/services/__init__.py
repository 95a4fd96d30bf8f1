"""What is decided of an exercise: one function, one transaction, one line of the journal."""
