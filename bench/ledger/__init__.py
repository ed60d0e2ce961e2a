"""`make bench-ledger`: the time for facts to reach the ledger, people their rooms, and minutes the totals."""
