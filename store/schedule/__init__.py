"""Planned sessions and their rosters."""
