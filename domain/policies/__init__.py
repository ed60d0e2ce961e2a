"""Policies as data: one JSON file a version, never changed once the ledger names it."""
