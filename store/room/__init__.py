"""Which node holds which room, and who was last seen in it."""
