"""The schema, as SQL files applied in order."""
