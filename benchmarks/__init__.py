"""Measurements of Dateline: the example reports with their gold, public corpora, peers and speed."""
