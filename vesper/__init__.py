"""The command line over everything. Nothing imports it."""
