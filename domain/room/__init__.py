"""How a session's room stands, by its facts."""
