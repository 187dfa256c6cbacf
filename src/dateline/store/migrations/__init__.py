"""The steps from each version of a desk to the next."""
