"""Process 3: consumers of the ledger. They write hours, statements, notes and closings."""
