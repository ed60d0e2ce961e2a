"""Clients of the caller's clinic: their records, the list, and what belongs to one of them."""
