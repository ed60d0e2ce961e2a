"""How people and programs prove who they are, and what was withdrawn from them."""
