"""`make bench-ledger`: how fast facts reach the ledger, people reach their rooms, and minutes reach the totals."""
