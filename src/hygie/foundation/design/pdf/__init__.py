"""How does a page become a sheet of paper? Typst documents fed with data, never with markup."""
