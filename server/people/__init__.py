"""Persons of the caller's clinic."""
