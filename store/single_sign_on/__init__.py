"""A clinic's own provider, the accounts there that are linked with its staff, and the ways to it and back."""
