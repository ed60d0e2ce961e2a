"""Privacy: consents, and what may be disclosed."""
