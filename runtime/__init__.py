"""How a process runs: settings, logs, lifecycle, clock, ids, and the embedded Postgres."""
