"""The clinic itself: its first run and its settings."""
