"""A coded report in the shapes that others read: JSON, CSV."""
