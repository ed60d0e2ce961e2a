"""A session's room, seen and led from outside."""
