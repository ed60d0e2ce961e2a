"""How long staff wait for the list of clients."""
