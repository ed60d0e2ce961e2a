"""Planned sessions, their rosters, and calling them off."""
