-- Repeated until it returns 0; each turn commits, so that a migration that was stopped goes on where it was.
SELECT copy_ledger(50000)
