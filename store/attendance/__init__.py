"""Attendance records and totals, worked out from the ledger."""
