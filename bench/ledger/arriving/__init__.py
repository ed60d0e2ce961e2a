"""People who come and go, timed."""
