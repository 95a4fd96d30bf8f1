"""The files that change the territory: what each says, shown before it is written."""
