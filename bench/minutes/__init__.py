"""The minutes bench: the core against SQL, with and without reasons, and a whole ledger restated."""
