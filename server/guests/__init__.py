"""Guests of clients: invited by staff on the client's release, with links of their own."""
