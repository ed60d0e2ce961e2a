"""Facts on their way to the ledger, and what is made of them."""
