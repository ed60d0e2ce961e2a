"""The clinical record."""
