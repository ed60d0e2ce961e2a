"""Policies as data: one JSON file a version. A file that was ever used is never changed: add a version."""
