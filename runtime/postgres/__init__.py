"""The embedded Postgres, installed by pip, for trial and tests."""
