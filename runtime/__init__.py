"""How a process runs: settings, logs, lifecycle, clock, ids, and the Postgres that comes embedded."""
