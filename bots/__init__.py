"""Headless participants, for demonstration, tests and load."""
