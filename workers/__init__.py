"""Process 3: consumers of the ledger. Hours, statements and notes."""
