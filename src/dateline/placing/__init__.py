"""Places: names of places to entries of the gazetteer, and the place of each predication."""
