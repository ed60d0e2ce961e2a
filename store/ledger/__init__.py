"""The ledger: facts in order, their streams and chains, cursors, closings."""
