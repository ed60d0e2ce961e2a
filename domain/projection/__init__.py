"""From a session's facts in the ledger to what is kept of it: gathered, beside which neighbours, final when."""
