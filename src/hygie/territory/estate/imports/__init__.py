"""The files that tell about an information system: what each would change, shown before it does."""
