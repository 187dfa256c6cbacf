"""Scripts of the maintainers: they lock the dependencies and write what the documentation derives from the code."""
