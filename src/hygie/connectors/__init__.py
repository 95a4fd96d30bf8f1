"""Outside world: file formats read and written, hostile input assumed."""
