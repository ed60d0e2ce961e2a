"""A node's facts on its own disk, and their way to Postgres."""
