"""Privacy: consents in the ledger, and who looked at whose record."""
