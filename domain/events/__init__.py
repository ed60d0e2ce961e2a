"""The facts of the ledger, by subject."""
