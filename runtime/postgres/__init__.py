"""The Postgres that comes with pip, for trial and tests."""
