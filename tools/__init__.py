"""Scripts of the maintainers: they lock dependencies and write what the docs derive from the code."""
