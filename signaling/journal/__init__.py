"""A node's facts on its own disk, and how they reach Postgres."""
