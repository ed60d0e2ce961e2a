"""The state of a session's room, from its facts."""
