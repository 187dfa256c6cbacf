"""Claims of many reports made into events with their accounts."""
