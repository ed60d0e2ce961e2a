"""The minutes bench: the core against SQL, with and without derivation, and the restatement of a whole ledger."""
