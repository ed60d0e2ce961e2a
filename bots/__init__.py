"""Headless participants for demonstrations, tests and load."""
