"""How people and programs prove who they are, and which of it was withdrawn."""
