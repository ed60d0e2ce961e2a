"""The schedule: planned sessions and their rosters."""
