"""The clinical record, encrypted."""
