"""Facts on their way to the ledger, and the projections from them."""
