"""Attendance records and totals, computed from the ledger."""
