"""From a session's facts in the ledger to its projection: gathering, neighbours, and finality."""
